using System.Data;
using FluentMigrator;
using Migrations.Core;
using Migrations.Core.Authoring;

namespace Migrations.Tests.Histories;

/// <summary>Migrations of which it is clear to a reader whether they mean the same.</summary>
internal static class MigrationPairs
{
    public static IEnumerable<MigrationPair> SameMeaning =>
    [
        new("the same", m => m.Create.Table("t").WithColumn("a").AsInt32(), m => m.Create.Table("t").WithColumn("a").AsInt32()),
        new("SQL, formatted", m => m.Execute.Sql("UPDATE t SET a = 'x'  WHERE b=1;"), m => m.Execute.Sql("""
            -- every old one
            update t
               set a = 'x' /* as agreed */
             where "b" = 1
            """)),
        new("SQL, other quotes around names", m => m.Execute.Sql("SELECT [a], `b` FROM \"Tracks\""), m => m.Execute.Sql("select A, \"b\" from Tracks ;")),
        new("SQL with its description", m => m.Execute.Sql("DELETE FROM t", "clean up"), m => m.Execute.Sql("DELETE FROM t")),
        new("a parameter and its value",
            m => m.Execute.Sql("DELETE FROM $(table)", new Dictionary<string, string> { ["table"] = "t" }),
            m => m.Execute.Sql("DELETE FROM t")),
        new("columns of a row in another order", m => m.Insert.IntoTable("t").Row(new { a = 1, b = 2 }), m => m.Insert.IntoTable("t").Row(new { b = 2, a = 1 })),
        new("numbers of another type", m => m.Insert.IntoTable("t").Row(new { a = 1, b = 1.5f }), m => m.Insert.IntoTable("t").Row(new { a = 1L, b = 1.5 })),
        new("times of another kind",
            m => m.Insert.IntoTable("t").Row(new { a = new DateTime(2024, 1, 2, 3, 4, 5, DateTimeKind.Local) }),
            m => m.Insert.IntoTable("t").Row(new { a = new DateTime(2024, 1, 2, 3, 4, 5, DateTimeKind.Utc) })),
        new("two groups of changes",
            m => m.Alter.Table("t").AddColumn("a").AsInt32().Nullable().AddColumn("b").AsInt32().Nullable(),
            m =>
            {
                m.Alter.Table("t").AddColumn("a").AsInt32().Nullable();
                m.Alter.Table("t").AddColumn("b").AsInt32().Nullable();
            }),
        new("descriptions",
            m => m.Create.Table("t").WithDescription("tracks").WithColumn("a").AsInt32().WithColumnDescription("number"),
            m => m.Create.Table("t").WithColumn("a").AsInt32()),
        new("other databases",
            m => m.IfDatabase("postgres").Execute.Sql("SELECT 1"),
            m => m.IfDatabase("sqlserver").Execute.Sql("SELECT 2")),
        new("how a table is altered",
            m => m.Alter.TableBatch("t", batch => batch.DropColumn("a"), new BatchOptions { Mode = RebuildMode.AlwaysCopy }),
            m => m.Alter.TableBatch("t", batch => batch.DropColumn("a"))),
        new("an expression, formatted",
            m => m.Create.CheckConstraint("ck").OnTable("t").WithExpression("a >= 0"),
            m => m.Create.CheckConstraint("ck").OnTable("t").WithExpression("A>=0 -- never negative")),
        new("other code", m => m.Execute.WithConnection((_, _) => { }), m => m.Execute.WithConnection((connection, _) => connection.Close())),
    ];

    public static IEnumerable<MigrationPair> OtherMeaning =>
    [
        new("a table's name", m => m.Create.Table("t").WithColumn("a").AsInt32(), m => m.Create.Table("u").WithColumn("a").AsInt32()),
        new("a column's name", m => m.Create.Table("t").WithColumn("a").AsInt32(), m => m.Create.Table("t").WithColumn("b").AsInt32()),
        new("a column's type", m => m.Create.Table("t").WithColumn("a").AsInt32(), m => m.Create.Table("t").WithColumn("a").AsInt64()),
        new("a column's size", m => m.Create.Table("t").WithColumn("a").AsString(10), m => m.Create.Table("t").WithColumn("a").AsString(11)),
        new("a custom type", m => m.Create.Table("t").WithColumn("a").AsCustom("TEXT"), m => m.Create.Table("t").WithColumn("a").AsCustom("BLOB")),
        new("nullability", m => m.Create.Table("t").WithColumn("a").AsInt32(), m => m.Create.Table("t").WithColumn("a").AsInt32().Nullable()),
        new("nullability left open", m => m.Create.Table("t").WithColumn("a").AsInt32(), m => m.Create.Table("t").WithColumn("a").AsInt32().NotNullable()),
        new("the order of columns",
            m => m.Create.Table("t").WithColumn("a").AsInt32().WithColumn("b").AsInt32(),
            m => m.Create.Table("t").WithColumn("b").AsInt32().WithColumn("a").AsInt32()),
        new("a key", m => m.Create.Table("t").WithColumn("a").AsInt32().PrimaryKey(), m => m.Create.Table("t").WithColumn("a").AsInt32()),
        new("an identity",
            m => m.Create.Table("t").WithColumn("a").AsInt32().PrimaryKey().Identity(),
            m => m.Create.Table("t").WithColumn("a").AsInt32().PrimaryKey()),
        new("a default", m => m.Create.Table("t").WithColumn("a").AsInt32().WithDefaultValue(1), m => m.Create.Table("t").WithColumn("a").AsInt32().WithDefaultValue(2)),
        new("a default's type",
            m => m.Create.Table("t").WithColumn("a").AsInt32().WithDefaultValue(1),
            m => m.Create.Table("t").WithColumn("a").AsInt32().WithDefaultValue("1")),
        new("a default of NULL and none",
            m => m.Create.Table("t").WithColumn("a").AsString().WithDefaultValue(null!),
            m => m.Create.Table("t").WithColumn("a").AsString()),
        new("an empty default and none",
            m => m.Create.Table("t").WithColumn("a").AsString().WithDefaultValue(""),
            m => m.Create.Table("t").WithColumn("a").AsString()),
        new("a default of now",
            m => m.Create.Table("t").WithColumn("a").AsDateTime().WithDefault(SystemMethods.CurrentDateTime),
            m => m.Create.Table("t").WithColumn("a").AsDateTime().WithDefault(SystemMethods.CurrentUTCDateTime)),
        new("raw SQL", m => m.Insert.IntoTable("t").Row(new { a = RawSql.Insert("1 + 1") }), m => m.Insert.IntoTable("t").Row(new { a = RawSql.Insert("1 + 2") })),
        new("the order of statements",
            m =>
            {
                m.Execute.Sql("UPDATE t SET a = 1");
                m.Execute.Sql("UPDATE t SET b = 1");
            },
            m =>
            {
                m.Execute.Sql("UPDATE t SET b = 1");
                m.Execute.Sql("UPDATE t SET a = 1");
            }),
        new("a literal in SQL", m => m.Execute.Sql("UPDATE t SET a = 'x'"), m => m.Execute.Sql("UPDATE t SET a = 'X'")),
        new("space in a literal", m => m.Execute.Sql("UPDATE t SET a = 'x y'"), m => m.Execute.Sql("UPDATE t SET a = 'x  y'")),
        new("a parameter",
            m => m.Execute.Sql("DELETE FROM $(table)", new Dictionary<string, string> { ["table"] = "t" }),
            m => m.Execute.Sql("DELETE FROM $(table)", new Dictionary<string, string> { ["table"] = "u" })),
        new("a value", m => m.Insert.IntoTable("t").Row(new { a = "x" }), m => m.Insert.IntoTable("t").Row(new { a = "y" })),
        new("NULL and nothing", m => m.Insert.IntoTable("t").Row(new { a = 1, b = (string?)null }), m => m.Insert.IntoTable("t").Row(new { a = 1 })),
        new("a Guid", m => m.Insert.IntoTable("t").Row(new { a = Guid.Empty }), m => m.Insert.IntoTable("t").Row(new { a = new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1) })),
        new("a time", m => m.Insert.IntoTable("t").Row(new { a = new DateTime(2024, 1, 2) }), m => m.Insert.IntoTable("t").Row(new { a = new DateTime(2024, 1, 3) })),
        new("a date", m => m.Insert.IntoTable("t").Row(new { a = new DateOnly(2024, 1, 2) }), m => m.Insert.IntoTable("t").Row(new { a = new DateOnly(2024, 2, 1) })),
        new("a blob", m => m.Insert.IntoTable("t").Row(new { a = new byte[] { 1 } }), m => m.Insert.IntoTable("t").Row(new { a = new byte[] { 2 } })),
        new("which rows",
            m => m.Update.Table("t").Set(new { a = 1 }).Where(new { b = 1 }),
            m => m.Update.Table("t").Set(new { a = 1 }).AllRows()),
        new("which rows are deleted", m => m.Delete.FromTable("t").Row(new { b = 1 }), m => m.Delete.FromTable("t").Row(new { b = 2 })),
        new("what a foreign key does",
            m => m.Create.ForeignKey("fk").FromTable("t").ForeignColumn("a").ToTable("u").PrimaryColumn("id"),
            m => m.Create.ForeignKey("fk").FromTable("t").ForeignColumn("a").ToTable("u").PrimaryColumn("id").OnDelete(Rule.Cascade)),
        new("a unique index",
            m => m.Create.Index("ix").OnTable("t").OnColumn("a"),
            m => m.Create.Index("ix").OnTable("t").OnColumn("a").Unique()),
        new("an index's direction",
            m => m.Create.Index("ix").OnTable("t").OnColumn("a").Ascending(),
            m => m.Create.Index("ix").OnTable("t").OnColumn("a").Descending()),
        new("what is done if something is there",
            m => When(m, m.Schema.Table("old").Exists(), () => m.Delete.Table("old")),
            m => When(m, m.Schema.Table("old").Exists(), () => m.Rename.Table("old").To("older"))),
        new("what is done if something is not there",
            m => When(m, !m.Schema.Table("t").Exists(), () => m.Create.Table("t").WithColumn("a").AsInt32()),
            m => When(m, !m.Schema.Table("t").Exists(), () => m.Create.Table("t").WithColumn("b").AsInt32())),
        new("a batch",
            m => m.Alter.TableBatch("t", batch => batch.AlterColumn("a").AsString(10)),
            m => m.Alter.TableBatch("t", batch => batch.AlterColumn("a").AsString(20))),
        new("a check", m => m.Create.CheckConstraint("ck").OnTable("t").WithExpression("a > 0"), m => m.Create.CheckConstraint("ck").OnTable("t").WithExpression("a > 1")),
        new("a default that is altered", m => m.Alter.DefaultConstraint().OnTable("t").OnColumn("a").To(80), m => m.Alter.DefaultConstraint().OnTable("t").OnColumn("a").To(81)),
        new("a factor",
            m => m.Update.Column("a").OnTable("t").Rescale(fromMax: 15, toMax: 100),
            m => m.Update.Column("a").OnTable("t").Rescale(fromMax: 15, toMax: 10)),
        new("a mapping", m => m.Update.Column("a").OnTable("t").Map(("open", 0), ("closed", 1)), m => m.Update.Column("a").OnTable("t").Map(("open", 0), ("closed", 2))),
        new("an expression", m => m.Update.Column("a").OnTable("t").Using("lower(a)"), m => m.Update.Column("a").OnTable("t").Using("upper(a)")),
        new("a conversion's types",
            m => m.Update.Column("a").OnTable("t").Using<string, long>(text => text.Length),
            m => m.Update.Column("a").OnTable("t").Using<string, string>(text => text)),
        new("code and no code", m => m.Execute.WithConnection((_, _) => { }), _ => { }),
    ];

    private static void When(Migration migration, bool condition, Action action)
    {
        migration.Execute.Sql("SELECT 1");
        if (condition)
        {
            action();
        }
    }
}
