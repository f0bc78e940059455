using Migrations.Core;
using Migrations.Core.Schema;
using Migrations.Runner.Drafting;
using Migrations.Runner.Files;
using NUnit.Framework;

namespace Migrations.Tests.Drafting;

/// <summary>The schema of a script that somebody wrote.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class WantedSchemaTests
{
    [TestCase("")]
    [TestCase("-- a comment; and nothing else\n/* */ ;;")]
    [TestCase("CREATE TABLE t (a)")]
    [TestCase("CREATE TABLE t (a); -- at the end")]
    [TestCase("CREATE TABLE ü (a); CREATE TABLE t (a)")]
    [TestCase("PRAGMA foreign_keys=OFF; BEGIN TRANSACTION; CREATE TABLE t (a REFERENCES gone); INSERT INTO t VALUES (1); COMMIT;")]
    [TestCase("CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT);\nCREATE TABLE sqlite_sequence(name,seq);\nCREATE TABLE sqlite_stat1(tbl,idx,stat);CREATE TABLE u (a)")]
    [TestCase("CREATE TABLE t (a); CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT ';'; SELECT 1; END; CREATE VIEW v AS SELECT 1")]
    public void Script_runs_to_its_end(string sql)
    {
        DatabaseSchema schema = Read(sql);

        string[] made = [.. schema.Tables.Select(table => table.Name.Name), .. schema.Triggers.Select(trigger => trigger.Name.Name), .. schema.Views.Select(view => view.Name.Name)];
        Assert.That(made, Is.EquivalentTo(new[] { "t", "u", "ü", "g", "v" }.Where(name => sql.Contains($" {name} ", StringComparison.Ordinal))));
    }

    [TestCase("CREATE TABLE t (a);\n\nCREATE TABEL u (a)", 3, "near \"TABEL\": syntax error")]
    [TestCase("CREATE TABLE t (a);\n-- x\nCREATE TABLE t (\na)", 3, "table t already exists")]
    [TestCase("CREATE TABLE ü (a);\nCREATE TABLE t (\na,\nb CHECK (c > 1))", 2, "no such column: c")]
    [TestCase("CREATE TABLE t (a NOT NULL);\nINSERT INTO t\nVALUES (NULL)", 2, "NOT NULL constraint failed: t.a")]
    [TestCase("CREATE TABLE t (a);\n.tables", 2, "near \".\": syntax error")]
    [TestCase("CREATE TABLE t (a);\nCREATE TABLE u (", 2, "incomplete input")]
    [TestCase("CREATE TABLE t (a);\nATTACH ':memory:' AS other", 2, "it would reach another file")]
    [TestCase("CREATE TABLE t (a);\n\nVACUUM INTO 'other.db'", 3, "it would reach another file")]
    [TestCase("CREATE TABLE t (a);\n\0CREATE TABLE u (a)", 2, "NUL")]
    [TestCase("CREATE TABLE t (a);\nCREATE TABLE sqlite_mine (a)", 2, "object name reserved for internal use: sqlite_mine")]
    public void Statement_that_SQLite_refuses_is_told_with_its_line(string sql, int line, string reason)
    {
        Assert.That(
            () => Read(sql),
            Throws.InstanceOf<SqlSyntaxException>()
                .With.Property(nameof(SqlSyntaxException.Line)).EqualTo(line)
                .And.Message.Contains($"\"wanted.sql\", line {line}: ").And.Message.Contains(reason));
    }

    [Test]
    public void Script_that_does_not_end_is_cancelled()
    {
        using CancellationTokenSource cancellation = new(TimeSpan.FromMilliseconds(200));

        Assert.That(
            () => Read("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n", cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    private static DatabaseSchema Read(string sql, CancellationToken cancellationToken = default) => WantedSchema.OfScript(
        sql, "wanted.sql", new DatabaseFile("Data Source=wanted;Mode=Memory;Cache=Shared", TimeSpan.FromSeconds(1), opened: null), cancellationToken);
}
