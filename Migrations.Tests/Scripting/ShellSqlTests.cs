using Migrations.Runner.Scripting;
using NUnit.Framework;

namespace Migrations.Tests.Scripting;

/// <summary>SQL as the shell has to be given it.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ShellSqlTests
{
    [Test]
    public void Split_ends_statements_where_SQLite_does_and_leaves_out_what_stands_around_them() => Assert.That(
        ShellSql.Split("-- one;\nSELECT ';' AS \"a;b\" /* ; */ ; ;\nCREATE TRIGGER t AFTER INSERT ON x BEGIN SELECT 1; SELECT CASE 1 WHEN 1 THEN 2 END; END; SELECT 2 -- end"),
        Is.EqualTo(new[]
        {
            "SELECT ';' AS \"a;b\"",
            "CREATE TRIGGER t AFTER INSERT ON x BEGIN SELECT 1; SELECT CASE 1 WHEN 1 THEN 2 END; END",
            "SELECT 2",
        }));

    [TestCase("SELECT 12\n/\n4", "SELECT 12 /\n4")]
    [TestCase("SELECT 12 -- twelve\n  /  \n4", "SELECT 12  /  \n4")]
    [TestCase("SELECT 1 AS\nGo\nFROM t", "SELECT 1 AS Go\nFROM t")]
    [TestCase("SELECT '\n/\ngo\n'", "SELECT '\n/\ngo\n'")]
    [TestCase("SELECT 1,\r\n2 -- a\r\n", "SELECT 1,\n2 -- a\n")]
    [TestCase("SELECT 'a\r\nb'", "SELECT ('a' || char(13) || '\nb')")]
    [TestCase("CREATE TABLE t (a DEFAULT 'a\r\nb')", "CREATE TABLE t (a DEFAULT 'a\r\r\nb')")]
    [TestCase("SELECT 'a\rb', \"c\r\nd\"", "SELECT 'a\rb', \"c\r\r\nd\"")]
    public void Of_gives_the_shell_lines_that_it_reads_as_they_are_meant(string statement, string lines) => Assert.That(ShellSql.Of(statement), Is.EqualTo(lines));

    [TestCase("SELECT 1\nGO\nSELECT 2", true)]
    [TestCase("SELECT 1\n go 3", true)]
    [TestCase("SELECT go FROM t", false)]
    [TestCase("SELECT '\nGO\n'", false)]
    public void HasBatches_finds_lines_of_go(string sql, bool hasBatches) => Assert.That(ShellSql.HasBatches(sql), Is.EqualTo(hasBatches));
}
