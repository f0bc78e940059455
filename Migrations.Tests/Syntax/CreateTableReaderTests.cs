using Migrations.Core.Syntax;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Syntax;

[TestFixture]
public sealed class CreateTableReaderTests
{
    [TestCase("a INT", "INT", "INT")]
    [TestCase("a", null, "")]
    [TestCase("a LONG VARCHAR ( 10 , -5 ) NOT NULL", "LONG VARCHAR ( 10 , -5 )", "LONG VARCHAR ( 10 , -5 )")]
    [TestCase("a DOUBLE /* x */ PRECISION", "DOUBLE /* x */ PRECISION", "DOUBLE /* x */ PRECISION")]
    [TestCase("a \"my type\"", "\"my type\"", "my type")]
    [TestCase("a 'my' type", "'my' type", "my")]
    [TestCase("a [my] type", "[my] type", "my] typ")]
    [TestCase("a 'my' 'type'", "'my' 'type'", "my")]
    [TestCase("a integer", "integer", "INTEGER")]
    [TestCase("a INT GENERATED ALWAYS AS (1)", "INT", "INT")]
    [TestCase("a GENERATED ALWAYS AS (1)", null, "")]
    [TestCase("a GENERATED ALWAYS", null, "")]
    [TestCase("a ALWAYS AS (1)", "ALWAYS", "ALWAYS")]
    [TestCase("a GENERATED", "GENERATED", "GENERATED")]
    [TestCase("a GENERATED ALWAYS GENERATED ALWAYS AS (1)", "GENERATED ALWAYS", "GENERATED ALWAYS")]
    [TestCase("a VARYING CHARACTER ALWAYS", "VARYING CHARACTER", "VARYING CHARACTER")]
    [TestCase("a INT(5) GENERATED ALWAYS AS (1)", "INT(5)", "INT(5)")]
    [TestCase("a KEY REPLACE ABORT", "KEY REPLACE ABORT", "KEY REPLACE ABORT")]
    public void Read_ends_the_type_where_SQLite_ends_it(string column, string? span, string declared)
    {
        // A table needs one column that is not generated.
        string sql = $"CREATE TABLE t({column}, other)";
        using TestDatabase database = TestDatabase.InMemory().Execute(sql);

        CreateTableSyntax table = CreateTableReader.Read(sql);

        Assert.That(database.Scalar<string>("SELECT type FROM pragma_table_xinfo('t')"), Is.EqualTo(declared));
        Assert.That(DeclaredType.Of(sql, table.Columns[0].Type), Is.EqualTo(declared));
        Assert.That(table.Columns[0].Type?.TextIn(sql), Is.EqualTo(span));
    }

    [TestCase("DEFAULT 1", "1")]
    [TestCase("DEFAULT + 1", "+ 1")]
    [TestCase("DEFAULT -1.5e3 NOT NULL", "-1.5e3")]
    [TestCase("DEFAULT 'it''s' CHECK (a)", "'it''s'")]
    [TestCase("DEFAULT x'00'", "x'00'")]
    [TestCase("DEFAULT NULL", "NULL")]
    [TestCase("DEFAULT TRUE", "TRUE")]
    [TestCase("DEFAULT CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP")]
    [TestCase("DEFAULT key PRIMARY KEY", "key")]
    [TestCase("DEFAULT [a b]", "[a b]")]
    [TestCase("DEFAULT (1 + (2)) UNIQUE", "(1 + (2))")]
    [TestCase("DEFAULT -CURRENT_TIME", "-CURRENT_TIME")]
    [TestCase("DEFAULT 1 DEFAULT 2", "2")]
    public void Read_ends_a_default_where_SQLite_ends_it(string constraint, string value)
    {
        string sql = $"CREATE TABLE t(a {constraint})";
        using TestDatabase database = TestDatabase.InMemory().Execute(sql);

        CreateTableSyntax table = CreateTableReader.Read(sql);

        ReadingAgreement.AssertAgrees(database.Connection, "t", table);
        Assert.That(table.Columns[0].Constraints.OfType<DefaultSyntax>().Last().Value.TextIn(sql), Is.EqualTo(value));
    }

    [TestCase("a REFERENCES p DEFERRABLE INITIALLY DEFERRED", true)]
    [TestCase("a REFERENCES p NOT DEFERRABLE INITIALLY DEFERRED", false)]
    [TestCase("a REFERENCES p DEFERRABLE", false)]
    [TestCase("a REFERENCES p DEFERRABLE INITIALLY IMMEDIATE", false)]
    [TestCase("a REFERENCES p NOT NULL DEFERRABLE INITIALLY DEFERRED", true)]
    [TestCase("a REFERENCES p CONSTRAINT c DEFERRABLE INITIALLY DEFERRED", true)]
    [TestCase("a REFERENCES p DEFERRABLE INITIALLY DEFERRED NOT DEFERRABLE", false)]
    [TestCase("a REFERENCES p, b INT DEFERRABLE INITIALLY DEFERRED", true)]
    [TestCase("a DEFERRABLE INITIALLY DEFERRED REFERENCES p", false)]
    [TestCase("a, FOREIGN KEY (a) REFERENCES p DEFERRABLE INITIALLY DEFERRED", true)]
    public void Read_knows_whether_a_foreign_key_waits_for_the_commit(string columns, bool isDeferred)
    {
        string sql = $"CREATE TABLE t({columns})";
        using TestDatabase database = TestDatabase.InMemory()
            .Execute("PRAGMA foreign_keys = ON; CREATE TABLE p(id INTEGER PRIMARY KEY)").Execute(sql).Execute("BEGIN");
        Assert.That(() => database.Execute("INSERT INTO t(a) VALUES (1)"), isDeferred ? Throws.Nothing : Throws.Exception);

        CreateTableSyntax table = CreateTableReader.Read(sql);

        ForeignKeyClauseSyntax key = table.Columns.SelectMany(column => column.Constraints.OfType<ColumnReferencesSyntax>())
            .Select(references => references.Reference)
            .Concat(table.Constraints.OfType<TableForeignKeySyntax>().Select(foreign => foreign.Reference))
            .Single();
        Assert.That(key.InitiallyDeferred, Is.EqualTo(isDeferred));
    }

    [TestCase("CREATE TABLE t(a) STRICT", null)]
    [TestCase("CREATE TABLE t(a INT PRIMARY KEY) STRICT, WITHOUT ROWID", "Strict WithoutRowId")]
    [TestCase("CREATE TABLE t(a INT PRIMARY KEY) without/**/rowid , strict", "WithoutRowId Strict")]
    [TestCase("CREATE TABLE t(a INT PRIMARY KEY) , WITHOUT ROWID", "WithoutRowId")]
    public void Read_gives_the_options_in_order(string sql, string? expected)
    {
        using TestDatabase database = TestDatabase.InMemory();
        Assert.That(() => database.Execute(sql), expected is null ? Throws.Exception : Throws.Nothing);

        Assert.That(
            string.Join(' ', CreateTableReader.Read(sql).Options.Select(option => option.Kind)),
            Is.EqualTo(expected ?? "Strict"));
    }

    [TestCase("CREATE TEMP TABLE t(a)", true, null, "t")]
    [TestCase("create temporary table if not exists temp.\"T\"\"x\"(a)", true, "temp", "T\"x")]
    [TestCase("CREATE TABLE main.'it''s'(a)", false, "main", "it's")]
    [TestCase("CREATE TABLE [a \"b](a);", false, null, "a \"b")]
    [TestCase("\uFEFFCREATE TABLE `😀`(a)", false, null, "😀")]
    public void Read_gives_the_name(string sql, bool isTemporary, string? schema, string name)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(sql);

        CreateTableSyntax table = CreateTableReader.Read(sql);

        Assert.That(table.IsTemporary, Is.EqualTo(isTemporary));
        Assert.That(table.SchemaName?.Identifier.Name, Is.EqualTo(schema));
        Assert.That(table.Name.Identifier.Name, Is.EqualTo(name));
        Assert.That(
            database.Scalar<string>($"SELECT name FROM {(isTemporary ? "temp" : "main")}.sqlite_schema WHERE type = 'table'"),
            Is.EqualTo(name));
    }

    [Test]
    public void Spans_of_constraints_reach_from_first_to_last_token()
    {
        const string sql =
            "CREATE TABLE t(a INT /*1*/ CONSTRAINT x NOT NULL ON CONFLICT ABORT /*2*/ UNIQUE, b GENERATED ALWAYS AS ( a ) VIRTUAL "
            + "CONSTRAINT y, CONSTRAINT z CHECK ( a > 0 /*3*/ ) /*4*/ FOREIGN KEY(a) REFERENCES t(a) DEFERRABLE)";
        using TestDatabase database = TestDatabase.InMemory().Execute(sql);

        CreateTableSyntax table = CreateTableReader.Read(sql);

        Assert.That(table.Columns.Select(column => column.Span.TextIn(sql)), Is.EqualTo(new[]
        {
            "a INT /*1*/ CONSTRAINT x NOT NULL ON CONFLICT ABORT /*2*/ UNIQUE",
            "b GENERATED ALWAYS AS ( a ) VIRTUAL CONSTRAINT y",
        }));
        Assert.That(table.Columns.SelectMany(column => column.Constraints).Select(part => part.Span.TextIn(sql)), Is.EqualTo(new[]
        {
            "CONSTRAINT x NOT NULL ON CONFLICT ABORT", "UNIQUE", "GENERATED ALWAYS AS ( a ) VIRTUAL", "CONSTRAINT y",
        }));
        Assert.That(table.Constraints.Select(part => part.Span.TextIn(sql)), Is.EqualTo(new[]
        {
            "CONSTRAINT z CHECK ( a > 0 /*3*/ )", "FOREIGN KEY(a) REFERENCES t(a) DEFERRABLE",
        }));
        Assert.That(((TableCheckSyntax)table.Constraints[0]).Expression.TextIn(sql), Is.EqualTo("a > 0"));
    }

    [Test]
    public void ReadColumn_gives_spans_within_the_definition()
    {
        const string definition = " \"a b\" TEXT DEFAULT 'x' ";

        ColumnSyntax column = CreateTableReader.ReadColumn(definition);

        Assert.That(column.Name.Identifier.Name, Is.EqualTo("a b"));
        Assert.That(column.Type?.TextIn(definition), Is.EqualTo("TEXT"));
        Assert.That(column.Span.TextIn(definition), Is.EqualTo("\"a b\" TEXT DEFAULT 'x'"));
    }

    [TestCase("a INT, b INT")]
    [TestCase("a INT)")]
    [TestCase("a INT;")]
    [TestCase("")]
    [TestCase("PRIMARY KEY (a)")]
    public void ReadColumn_refuses_all_but_one_definition(string definition) =>
        Assert.That(() => CreateTableReader.ReadColumn(definition), Throws.InstanceOf<Core.SqlSyntaxException>());

    [Test]
    public void Read_comes_to_the_end_of_deep_and_wide_texts_without_a_deep_stack()
    {
        const int count = 50_000;
        string nested = $"CREATE TABLE t(a CHECK ({new string('(', count)}1{new string(')', count)}))";
        string wide = $"CREATE TABLE t({string.Join(", ", Enumerable.Range(0, count).Select(i => $"c{i} INT NOT NULL DEFAULT 1"))})";
        string index = $"CREATE INDEX i ON t({new string('(', count)}a{new string(')', count)} COLLATE x)";
        string collations = $"CREATE INDEX i ON t(a{string.Concat(Enumerable.Repeat(" COLLATE x", 20_000))})";

        Assert.That(CreateTableReader.Read(nested).Columns, Has.Length.EqualTo(1));
        Assert.That(CreateTableReader.Read(wide).Columns, Has.Length.EqualTo(count));
        Assert.That(CreateIndexReader.Read(index).Columns[0].Column?.Identifier.Name, Is.EqualTo("a"));
        Assert.That(CreateIndexReader.Read(collations).Columns[0].Column?.Identifier.Name, Is.EqualTo("a"));
        Assert.That(NameReferences.Mentions(wide, "nobody"), Is.False);
    }
}
