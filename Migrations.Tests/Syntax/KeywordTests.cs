using Migrations.Core;
using Migrations.Core.Syntax;
using Migrations.Tests.Support;
using NUnit.Framework;
using SQLitePCL;

namespace Migrations.Tests.Syntax;

/// <summary>Every keyword that SQLite knows, in every place where a name may stand: our grammar is SQLite's.</summary>
[TestFixture]
public sealed class KeywordTests
{
    [TestCase("CREATE TABLE {0}(a)")]
    [TestCase("CREATE TABLE {0}.t(a)")]
    [TestCase("CREATE TABLE t({0})")]
    [TestCase("CREATE TABLE t({0} INT)")]
    [TestCase("CREATE TABLE t(b, {0})")]
    [TestCase("CREATE TABLE t(a {0})")]
    [TestCase("CREATE TABLE t(a INT {0})")]
    [TestCase("CREATE TABLE t(a {0}(1))")]
    [TestCase("CREATE TABLE t(a DEFAULT {0})")]
    [TestCase("CREATE TABLE t(a DEFAULT -{0})")]
    [TestCase("CREATE TABLE t(a DEFAULT 1 {0})")]
    [TestCase("CREATE TABLE t(a COLLATE {0})")]
    [TestCase("CREATE TABLE t(a CONSTRAINT {0})")]
    [TestCase("CREATE TABLE t(a CONSTRAINT {0} NOT NULL)")]
    [TestCase("CREATE TABLE t(a REFERENCES {0})")]
    [TestCase("CREATE TABLE t(a REFERENCES p({0}))")]
    [TestCase("CREATE TABLE t(a REFERENCES p MATCH {0})")]
    [TestCase("CREATE TABLE t(a REFERENCES p {0})")]
    [TestCase("CREATE TABLE t(a, FOREIGN KEY({0}) REFERENCES p)")]
    [TestCase("CREATE TABLE t(a, CONSTRAINT {0})")]
    [TestCase("CREATE TABLE t(a, CONSTRAINT {0} UNIQUE(a))")]
    [TestCase("CREATE TABLE t(a, UNIQUE(a) {0})")]
    [TestCase("CREATE TABLE t(a) {0}")]
    [TestCase("CREATE TABLE t(a UNIQUE ON CONFLICT {0})")]
    [TestCase("CREATE TABLE t(a REFERENCES p ON DELETE {0})")]
    [TestCase("CREATE TABLE t(a REFERENCES p ON {0} CASCADE)")]
    [TestCase("CREATE TABLE t(a AS (1) {0})")]
    public void Read_takes_a_keyword_as_a_name_where_SQLite_does(string template) =>
        AssertSameVerdict(template, sql => CreateTableReader.Read(sql));

    [TestCase("CREATE INDEX {0} ON t(a)")]
    [TestCase("CREATE INDEX i ON {0}(a)")]
    public void Index_read_takes_a_keyword_as_a_name_where_SQLite_does(string template) =>
        AssertSameVerdict(template, sql => CreateIndexReader.Read(sql));

    [TestCase("CREATE TRIGGER {0} AFTER DELETE ON t BEGIN SELECT 1; END")]
    [TestCase("CREATE TRIGGER {0} DELETE ON t BEGIN SELECT 1; END")]
    [TestCase("CREATE TRIGGER r {0} ON t BEGIN SELECT 1; END")]
    [TestCase("CREATE TRIGGER r UPDATE OF {0} ON t BEGIN SELECT 1; END")]
    [TestCase("CREATE TRIGGER r DELETE ON {0} BEGIN SELECT 1; END")]
    [TestCase("CREATE TRIGGER r DELETE ON main.{0} BEGIN SELECT 1; END")]
    public void Trigger_read_takes_a_keyword_as_a_name_where_SQLite_does(string template) =>
        AssertSameVerdict(template, sql => CreateTriggerReader.Read(sql));

    private static void AssertSameVerdict(string template, Action<string> read)
    {
        using TestDatabase database = TestDatabase.InMemory();
        Assert.Multiple(() =>
        {
            for (int i = 0; i < raw.sqlite3_keyword_count(); i++)
            {
                Assert.That(raw.sqlite3_keyword_name(i, out string keyword), Is.EqualTo(raw.SQLITE_OK));
                string sql = string.Format(null, template, keyword);
                SqliteVerdict verdict = SqliteVerdict.On(database, sql);
                if (verdict.IsAccepted)
                {
                    Assert.That(() => read(sql), Throws.Nothing, sql);
                }
                else if (verdict.IsSyntaxError)
                {
                    Assert.That(() => read(sql), Throws.InstanceOf<SqlSyntaxException>(), sql);
                }
            }
        });
    }
}
