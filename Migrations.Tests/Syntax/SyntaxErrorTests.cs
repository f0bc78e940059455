using Migrations.Core;
using Migrations.Core.Syntax;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Syntax;

[TestFixture]
public sealed class SyntaxErrorTests
{
    private const string InColumn = "a column constraint, \",\" or \")\"";
    private const string InTable = "a table constraint, \",\" or \")\"";

    [TestCase("CREATE TABLE t(\n  a INT,\n  b TEXT NOT NULL CHEK (b))", 3, 19, "unexpected \"CHEK\", expected " + InColumn)]
    [TestCase("", 1, 1, "unexpected end of the text, expected CREATE")]
    [TestCase("CREATE TABLE t", 1, 15, "unexpected end of the text, expected \"(\"")]
    [TestCase("CREATE TABLE t(a", 1, 17, "unexpected end of the text, expected " + InColumn)]
    [TestCase("CREATE TABLE t()", 1, 16, "unexpected \")\", expected a column name")]
    [TestCase("CREATE TABLE t(a,)", 1, 18, "unexpected \")\", expected a column name")]
    [TestCase("CREATE TABLE t(order)", 1, 16, "unexpected \"order\", expected a column name")]
    [TestCase("CREATE TABLE t(a VARCHAR(x))", 1, 26, "unexpected \"x\", expected a number")]
    [TestCase("CREATE TABLE t(a VARCHAR(1,2,3))", 1, 29, "unexpected \",\", expected \")\"")]
    [TestCase("CREATE TABLE t(a (10))", 1, 18, "unexpected \"(\", expected " + InColumn)]
    [TestCase("CREATE TABLE t(a NOT)", 1, 21, "unexpected \")\", expected NULL")]
    [TestCase("CREATE TABLE t(a DEFAULT)", 1, 25, "unexpected \")\", expected a default value")]
    [TestCase("CREATE TABLE t(a DEFAULT -x)", 1, 27, "unexpected \"x\", expected a default value")]
    [TestCase("CREATE TABLE t(a DEFAULT (1)", 1, 29, "unexpected end of the text, expected " + InColumn)]
    [TestCase("CREATE TABLE t(a DEFAULT ((1)", 1, 30, "unexpected end of the text, expected \")\"")]
    [TestCase("CREATE TABLE t(a CHECK ())", 1, 25, "unexpected \")\", expected an expression")]
    [TestCase("CREATE TABLE t(a CHECK (a; b))", 1, 26, "unexpected \";\", expected \")\"")]
    [TestCase("CREATE TABLE t(a CHECK (f(a; b)))", 1, 28, "unexpected \";\", expected \")\"")]
    [TestCase("CREATE TABLE t(a CHECK (a, b))", 1, 26, "unexpected \",\", expected \")\"")]
    [TestCase("CREATE TABLE t(a CHECK (a = 'x))", 1, 29, "unrecognized token \"'x))\", expected an expression")]
    [TestCase("CREATE TABLE t(a INT 123abc)", 1, 22, "unrecognized token \"123abc\", expected " + InColumn)]
    [TestCase("CREATE TABLE t(a UNIQUE ON CONFLICT PANIC)", 1, 37, "unexpected \"PANIC\", expected ROLLBACK, ABORT, FAIL, IGNORE or REPLACE")]
    [TestCase("CREATE TABLE t(a REFERENCES p ON DELETE SET)", 1, 44, "unexpected \")\", expected NULL or DEFAULT")]
    [TestCase("CREATE TABLE t(a REFERENCES p ON DROP CASCADE)", 1, 34, "unexpected \"DROP\", expected DELETE or UPDATE")]
    [TestCase("CREATE TABLE t(a REFERENCES p ON DELETE NOTHING)", 1, 41, "unexpected \"NOTHING\", expected NO ACTION, RESTRICT, CASCADE, SET NULL or SET DEFAULT")]
    [TestCase("CREATE TABLE t(a REFERENCES p DEFERRABLE INITIALLY)", 1, 51, "unexpected \")\", expected DEFERRED or IMMEDIATE")]
    [TestCase("CREATE TABLE t(a, PRIMARY KEY (a), b)", 1, 36, "unexpected \"b\", expected a table constraint")]
    [TestCase("CREATE TABLE t(a, PRIMARY KEY (a) b)", 1, 35, "unexpected \"b\", expected " + InTable)]
    [TestCase("CREATE TABLE t(a, UNIQUE ())", 1, 27, "unexpected \")\", expected a column name or an expression")]
    [TestCase("CREATE TABLE t(a, FOREIGN KEY (a))", 1, 34, "unexpected \")\", expected REFERENCES")]
    [TestCase("CREATE TABLE t(a) WITHOUT OIDS", 1, 27, "unexpected \"OIDS\", expected ROWID")]
    [TestCase("CREATE TABLE t(a) LAX", 1, 19, "unexpected \"LAX\", expected STRICT or WITHOUT ROWID")]
    [TestCase("CREATE TABLE t(a) STRICT STRICT", 1, 26, "unexpected \"STRICT\", expected the end of the statement")]
    public void Read_refuses_with_line_and_column_what_SQLite_refuses(string sql, int line, int column, string reason)
    {
        using TestDatabase database = TestDatabase.InMemory();
        Assert.That(sql.Length == 0 || !SqliteVerdict.On(database, sql).IsAccepted, Is.True, "SQLite accepts it");

        SqlSyntaxException error = Assert.Throws<SqlSyntaxException>(() => CreateTableReader.Read(sql))!;

        Assert.That(error.Message, Is.EqualTo($"line {line}, column {column}: {reason}"));
        Assert.That((error.Line, error.Column, error.Sql), Is.EqualTo((line, column, sql)));
    }

    [TestCase("CREATE TABLE t AS SELECT 1", "line 1, column 16: CREATE TABLE ... AS SELECT has no column definitions; SQLite stores such a table with its columns written out")]
    [TestCase("CREATE VIRTUAL TABLE t USING fts5(a)", "line 1, column 8: a virtual table has no column definitions of its own; its module declares them")]
    [TestCase("CREATE TABLE t(a); CREATE TABLE u(a)", "line 1, column 20: unexpected \"CREATE\", expected the end of the statement")]
    [TestCase("CREATE TABLE t(a \0)", "line 1, column 18: unrecognized token \"\0\", expected " + InColumn)]
    public void Read_refuses_what_it_can_not_read(string sql, string message) =>
        Assert.That(() => CreateTableReader.Read(sql), Throws.InstanceOf<SqlSyntaxException>().With.Message.EqualTo(message));

    [TestCase("CREATE INDEX i", "line 1, column 15: unexpected end of the text, expected ON")]
    [TestCase("CREATE INDEX i ON t(a", "line 1, column 22: unexpected end of the text, expected \")\"")]
    [TestCase("CREATE INDEX i ON t(a) WHERE", "line 1, column 29: unexpected end of the text, expected an expression")]
    [TestCase("CREATE INDEX i ON t(a) b", "line 1, column 24: unexpected \"b\", expected WHERE or the end of the statement")]
    public void Index_read_refuses_with_line_and_column(string sql, string message)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t(a)");

        Assert.That(SqliteVerdict.On(database, sql).IsSyntaxError, Is.True);
        Assert.That(() => CreateIndexReader.Read(sql), Throws.InstanceOf<SqlSyntaxException>().With.Message.EqualTo(message));
    }

    [TestCase("CREATE TRIGGER r ON t BEGIN SELECT 1; END", "line 1, column 18: unexpected \"ON\", expected BEFORE, AFTER, INSTEAD OF, DELETE, INSERT or UPDATE")]
    [TestCase("CREATE TRIGGER r DELETE ON t", "line 1, column 29: unexpected end of the text, expected BEGIN")]
    [TestCase("CREATE TRIGGER r DELETE ON t BEGIN SELECT 1;", "line 1, column 45: unexpected end of the text, expected END")]
    [TestCase("CREATE TRIGGER r DELETE ON t BEGIN SELECT '; END", "line 1, column 43: unrecognized token \"'; END\", expected the body of the trigger")]
    public void Trigger_read_refuses_with_line_and_column(string sql, string message)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t(a)");

        Assert.That(SqliteVerdict.On(database, sql).IsSyntaxError, Is.True);
        Assert.That(() => CreateTriggerReader.Read(sql), Throws.InstanceOf<SqlSyntaxException>().With.Message.EqualTo(message));
    }
}
