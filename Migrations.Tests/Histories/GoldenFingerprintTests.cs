using System.Data;
using FluentMigrator;
using Migrations.Core.Authoring;
using NUnit.Framework;

namespace Migrations.Tests.Histories;

/// <summary>
/// Fingerprints that are in users' databases: where one of these changes without a new format, every one of those users would be told that
/// migrations were edited.
/// </summary>
public sealed class GoldenFingerprintTests
{
    private static IEnumerable<TestCaseData> Kept =>
    [
        Golden("create", "3f557e9c112afd63b84015dde43bb44c7cc41f3a", m => m.Create.Table("t").WithColumn("id").AsInt32().PrimaryKey().Identity().WithColumn("name").AsString(80).NotNullable().Unique().WithDefaultValue("x")),
        Golden("foreign key", "62b6313249e181bfb46b424e7e4fa969c308720d", m => m.Create.ForeignKey("fk").FromTable("t").ForeignColumn("a").ToTable("u").PrimaryColumn("id").OnDelete(Rule.Cascade)),
        Golden("index", "613c015695250a07a9f87da08d04c361a0a39603", m => m.Create.Index("ix").OnTable("t").OnColumn("a").Descending().OnColumn("b").Ascending().WithOptions().Unique()),
        Golden("alter", "b6e4c3098f189b53a83f9f7a0eaf677f1faa4be5", m => m.Alter.Table("t").AddColumn("a").AsDecimal(10, 2).NotNullable().WithDefaultValue(1.5m)),
        Golden("delete", "2683d7f42bb7c4e76e6361d990583db90549137b", m => m.Delete.Column("a").Column("b").FromTable("t")),
        Golden("rename", "916f285774afcb4e2d06f53fea9ec5399331d0df", m => m.Rename.Column("a").OnTable("t").To("b")),
        Golden("rows", "fb4b0bddc3104552fd0bfaf27955b227ad5883fa", m => m.Insert.IntoTable("t").Row(new { a = 1, b = "x", c = (string?)null, d = new DateTime(2024, 1, 2, 3, 4, 5), e = 2.5 })),
        Golden("update", "da6f1808fba096bb5cac005c695a020948dad0f2", m => m.Update.Table("t").Set(new { a = true }).Where(new { b = Guid.Empty })),
        Golden("sql", "cb83d628dc660ab4500354dca07d5c2d44d83064", m => m.Execute.Sql("UPDATE t SET a = 'It''s', b = x'00ff', c = 1.5e3 WHERE \"d\" IS NOT NULL -- why\n;")),
        Golden("branches", "f790a6f4bda1375ed1a7965545263685ec1f3f99", m =>
        {
            if (m.Schema.Table("t").Exists())
            {
                m.Delete.Table("t");
            }
        }),
        Golden("batch", "808fd6fb16872e62224c9ed312a85410b450aeb9", m => m.Alter.TableBatch("t", batch => batch.DropColumn("a").AlterColumn("b").AsString(20).NotNullable())),
        Golden("conversions", "63ad7866bba97c310a2811bd522a47fce2395ae5", m =>
        {
            m.Update.Column("a").OnTable("t").Rescale(fromMax: 15, toMax: 100);
            m.Update.Column("b").OnTable("t").Map(("open", 0), ("closed", 1));
            m.Update.Column("c").OnTable("t").Using("lower(c)");
            m.Update.Column("d").OnTable("t").Using<string, long>(text => text.Length);
            m.Create.CheckConstraint("ck").OnTable("t").WithExpression("a >= 0");
        }),
    ];

    [TestCaseSource(nameof(Kept))]
    public void Of_aMigrationThatWasApplied_isWhatItWas(string name, string kept, Action<Migration> up) =>
        Assert.That(Fingerprint.Of(up), Does.StartWith("1-8.0:" + kept), name);

    private static TestCaseData Golden(string name, string kept, Action<Migration> up) => new TestCaseData(name, kept, up).SetArgDisplayNames(name);
}
