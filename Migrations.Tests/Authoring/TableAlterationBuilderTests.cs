using Migrations.Core;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Authoring;

/// <summary>Which changes each method collects.</summary>
public sealed class TableAlterationBuilderTests
{
    [Test]
    public void AddColumn_writes_the_definition_in_the_order_in_which_it_was_said() => Assert.That(
        Single(table => table.AddColumn("a \"b\"", "VARCHAR(20)", column => column
            .NotNull().Default("it's").Collate("NOCASE").Check("length(x) > 1", "ck").Unique().ExistingRows("lower(y)").After("y"))),
        Is.EqualTo(new AddColumn(
            "\"a \"\"b\"\"\" VARCHAR(20) NOT NULL DEFAULT 'it''s' COLLATE \"NOCASE\" CONSTRAINT \"ck\" CHECK (length(x) > 1) UNIQUE",
            ColumnPlace.After("y"),
            "lower(y)")));

    [Test]
    public void AddColumn_writes_a_foreign_key_with_its_actions() => Assert.That(
        Single(table => table.AddColumn("p", "INTEGER", column => column.References("parent", "id", key => key
            .Named("fk").OnDelete(ReferentialAction.SetNull).OnUpdate(ReferentialAction.Cascade).Deferred()))),
        Is.EqualTo(new AddColumn(
            "\"p\" INTEGER CONSTRAINT \"fk\" REFERENCES \"parent\"(\"id\") ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED")));

    [Test]
    public void AddColumn_without_a_type_or_with_a_computed_value_writes_just_that()
    {
        Assert.That(Single(table => table.AddColumn("a", null)), Is.EqualTo(new AddColumn("\"a\"")));
        Assert.That(
            Single(table => table.AddColumn("a", "INT", column => column.Generated("b + 1", stored: true).First())),
            Is.EqualTo(new AddColumn("\"a\" INT GENERATED ALWAYS AS (b + 1) STORED", ColumnPlace.First)));
        Assert.That(
            Single(table => table.AddColumn("a", "TEXT", column => column.DefaultExpression("current_timestamp").Before("b"))),
            Is.EqualTo(new AddColumn("\"a\" TEXT DEFAULT current_timestamp", ColumnPlace.Before("b"))));
    }

    [Test]
    public void AddColumn_writes_definitions_that_SQLite_takes()
    {
        using TestDatabase database = TestDatabase.InMemory();
        AddColumn[] columns =
        [
            (AddColumn)Single(table => table.AddColumn("a \"b\"", "VARCHAR(20)", column => column
                .NotNull().Default(-5).Collate("NOCASE").Check("1", "ck").Unique("uq"))),
            (AddColumn)Single(table => table.AddColumn("c", null, column => column
                .DefaultExpression("(1) + (2)").References("t", define: key => key.OnDelete(ReferentialAction.Restrict).OnUpdate(ReferentialAction.SetDefault)))),
            (AddColumn)Single(table => table.AddColumn("d", "INT", column => column.Generated("c + 1"))),
        ];

        database.Execute($"CREATE TABLE t (id INTEGER PRIMARY KEY, {string.Join(", ", columns.Select(column => column.Definition))})");
        database.Execute("PRAGMA foreign_keys = OFF; INSERT INTO t (id) VALUES (7)");

        Assert.That(database.Rows("SELECT * FROM t"), Is.EqualTo(new[] { new object?[] { 7L, "-5", 3L, 4L } }));
    }

    [Test]
    public void AlterColumn_collects_each_property_on_its_own() => Assert.That(
        Changes(table => table.AlterColumn("a", column => column
            .Type("VARCHAR(255)").Type(null).NotNull().Nullable().Default(80).DefaultExpression("random()").DropDefault().Collate("NOCASE").DropCollation())),
        Is.EqualTo(new TableChange[]
        {
            new SetType("a", "VARCHAR(255)"),
            new SetType("a", Type: null),
            new SetNullability("a", IsNullable: false),
            new SetNullability("a", IsNullable: true),
            new SetDefault("a", "80"),
            new SetDefault("a", "(random())"),
            new SetDefault("a", Value: null),
            new SetCollation("a", new SqlIdentifier("NOCASE")),
            new SetCollation("a", default(SqlIdentifier?)),
        }));

    [Test]
    public void Methods_collect_changes_in_their_order() => Assert.That(
        Changes(table => table
            .DropColumn("a").RenameColumn("b", "c").MoveColumn("c").First().MoveColumn("d").Last().MoveColumn("d").After("c").MoveColumn("d").Before("c")
            .DropPrimaryKey().DropPrimaryKey("pk").AddCheck("a > 0").AddCheck("a > 0", "ck").DropCheck("ck").DropUnnamedCheck("a > 0")
            .Strict().NotStrict().WithoutRowId().WithRowId().DropIndex("ix").RenameTo("u")),
        Is.EqualTo(new TableChange[]
        {
            new DropColumn("a"),
            new RenameColumn("b", "c"),
            new PlaceColumn("c", ColumnPlace.First),
            new PlaceColumn("d", ColumnPlace.Last),
            new PlaceColumn("d", ColumnPlace.After("c")),
            new PlaceColumn("d", ColumnPlace.Before("c")),
            new DropPrimaryKey(),
            new DropPrimaryKey(new SqlIdentifier("pk")),
            new AddCheck(default(SqlIdentifier?), "a > 0"),
            new AddCheck(new SqlIdentifier("ck"), "a > 0"),
            new DropCheck(new SqlIdentifier("ck"), Expression: null),
            new DropCheck(default(SqlIdentifier?), "a > 0"),
            new SetStrict(IsStrict: true),
            new SetStrict(IsStrict: false),
            new SetWithoutRowId(IsWithoutRowId: true),
            new SetWithoutRowId(IsWithoutRowId: false),
            new DropIndex("ix"),
            new RenameTable("u"),
        }));

    [Test]
    public void Keys_are_collected_with_their_columns_and_names()
    {
        var primary = (AddPrimaryKey)Single(table => table.AddPrimaryKey(["a", "b"], "pk", autoIncrement: true));
        var unique = (AddUnique)Single(table => table.AddUnique(["a"]));
        var dropped = (DropUnique)Single(table => table.DropUnique(["a", "b"]));
        var named = (DropUnique)Single(table => table.DropUnique("uq"));
        Assert.That((primary.Name, primary.AutoIncrement), Is.EqualTo((new SqlIdentifier("pk"), true)));
        Assert.That(primary.Columns, Is.EqualTo(new[] { Key("a"), Key("b") }));
        Assert.That(unique.Name, Is.Null);
        Assert.That(unique.Columns, Is.EqualTo(new[] { Key("a") }));
        Assert.That(dropped.Name, Is.Null);
        Assert.That(dropped.Columns, Is.EqualTo(new SqlIdentifier[] { "a", "b" }));
        Assert.That(named.Name, Is.EqualTo(new SqlIdentifier("uq")));
        Assert.That(named.Columns, Is.Empty);
    }

    [Test]
    public void Foreign_keys_are_collected_with_their_columns_and_actions()
    {
        var key = (AddForeignKey)Single(table => table.AddForeignKey(["a", "b"], "p", ["c", "d"], fk => fk
            .Named("fk").OnDelete(ReferentialAction.Restrict).OnUpdate(ReferentialAction.SetDefault).Deferred()));
        var implicitKey = (AddForeignKey)Single(table => table.AddForeignKey("a", "p"));
        var dropped = (DropForeignKey)Single(table => table.DropForeignKey(["a", "b"]));
        var named = (DropForeignKey)Single(table => table.DropForeignKey("fk"));
        Assert.That(
            (key.Name, key.Parent, key.OnDelete, key.OnUpdate, key.InitiallyDeferred),
            Is.EqualTo((new SqlIdentifier("fk"), new SqlIdentifier("p"), ForeignKeyAction.Restrict, ForeignKeyAction.SetDefault, true)));
        Assert.That(key.Columns, Is.EqualTo(new SqlIdentifier[] { "a", "b" }));
        Assert.That(key.ParentColumns, Is.EqualTo(new SqlIdentifier[] { "c", "d" }));
        Assert.That(implicitKey.ParentColumns, Is.Empty);
        Assert.That((implicitKey.Name, implicitKey.OnDelete), Is.EqualTo((default(SqlIdentifier?), ForeignKeyAction.NoAction)));
        Assert.That(dropped.Columns, Is.EqualTo(new SqlIdentifier[] { "a", "b" }));
        Assert.That(named.Name, Is.EqualTo(new SqlIdentifier("fk")));
    }

    [Test]
    public void CreateIndex_writes_a_statement_on_the_name_that_the_table_has_by_then()
    {
        var index = (AddIndex)Single(table => table.CreateIndex("ix", i => i
            .Column("a").Column("b", descending: true, collation: "NOCASE").Expression("lower(c)").Unique().Where("a > 0")));
        var renamed = (AddIndex)Changes(table => table.RenameTo("u").CreateIndex("ix", i => i.Column("a")))[1];

        Assert.That(index.Sql, Is.EqualTo(
            "CREATE UNIQUE INDEX \"ix\" ON \"t\" (\"a\", \"b\" COLLATE \"NOCASE\" DESC, (lower(c))) WHERE a > 0"));
        Assert.That(renamed.Sql, Is.EqualTo("CREATE INDEX \"ix\" ON \"u\" (\"a\")"));
    }

    [Test]
    public void Conversions_are_collected_for_their_column()
    {
        Assert.That(
            Single(table => table.Convert("a", "lower(a)")),
            Is.EqualTo(new ConvertColumn("a", new SqlConversion("lower(a)"))));
        Assert.That(
            ((FunctionConversion)((ConvertColumn)Single(table => table.Convert<string, int>("a", text => text.Length))).Conversion).Function("abc"),
            Is.EqualTo(3L));
        Assert.That(
            Single(table => table.Map("a", ("open", 0))).ToString(),
            Does.Contain("CASE WHEN \"a\" COLLATE BINARY IS 'open' THEN 0 ELSE \"a\" END"));
        Assert.That(
            Single(table => table.Rescale("a", fromMax: 15, toMax: 100, Rounding.Truncate)).ToString(),
            Does.Contain("CAST((\"a\" * 100.0 / 15.0) AS INTEGER)"));
    }

    [Test]
    public void What_is_not_said_in_full_is_refused()
    {
        Assert.That(() => Changes(table => table.MoveColumn("a")), Throws.ArgumentException.With.Message.Contains("\"a\" moves to"));
        Assert.That(() => Changes(table => table.CreateIndex("ix", _ => { })), Throws.ArgumentException.With.Message.Contains("\"ix\""));
        Assert.That(() => Changes(table => table.AddUnique([])), Throws.ArgumentException.With.Message.Contains("at least one column"));
        Assert.That(() => Changes(table => table.AddForeignKey(["a", "b"], "p", ["c"])), Throws.ArgumentException.With.Message.Contains("as many"));
        Assert.That(() => Changes(table => table.Map("a", ("x", 1), ("x", 2))), Throws.ArgumentException.With.Message.Contains("twice"));
        Assert.That(() => Changes(table => table.Rescale("a", 0, 1)), Throws.ArgumentException.With.Message.Contains("fromMax"));
        Assert.That(() => Changes(table => table.DropColumn("")), Throws.ArgumentException);
        Assert.That(() => Changes(table => table.AddCheck(" ")), Throws.ArgumentException);
    }

    private static KeyColumn Key(string name) => new(new SqlIdentifier(name), default(SqlIdentifier?), Descending: false);

    private static TableChange Single(Action<TableAlterationBuilder> alter) => Changes(alter).Single();

    private static IReadOnlyList<TableChange> Changes(Action<TableAlterationBuilder> alter)
    {
        TableAlterationBuilder builder = new("t");
        alter(builder);
        return builder.Changes;
    }
}
