using System.Globalization;
using System.Text.RegularExpressions;
using FluentMigrator;
using Migrations.Testing;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Repository;

/// <summary>The messages in docs/testing-migrations.md are what the checks say of a small shop with one fault each.</summary>
internal sealed partial class TestingMigrationsMessagesTests
{
    private static readonly EmittedStep CreateOrder = new(
        1,
        m => m.Create.Table("order").WithColumn("id").AsInt32().PrimaryKey().WithColumn("price").AsInt32().Nullable().WithColumn("note").AsString(80).Nullable(),
        m => m.Delete.Table("order"));

    /// <summary>What the migrations of one shop are called, by version.</summary>
    private static readonly string[] Names = ["", "CreateOrder", "SetPrices", "IndexPrices"];

    private static readonly GeneratedRows Rows = new GeneratedRows { PerTable = 3 }
        .With("order", "id", row => row)
        .With("order", "price", row => row == 2 ? null : 100 * row)
        .With("order", "note", row => $"note {row}");

    private static readonly MarkdownPage Page = new("docs/testing-migrations.md");

    private static IEnumerable<TestCaseData<string, Action<string>>> Checks =>
    [
        Case("EveryDownGivesBackTheSchema", _ => Of(new EmittedStep(2, SetDefault, AllowNull)).EveryDownGivesBackTheSchema()),
        Case("EveryStepWorksOnRows", _ => Of(new EmittedStep(2, ForbidNull, AllowNull)).On(Rows).EveryStepWorksOnRows()),
        Case("LossesAreDeclared", _ => Of(new EmittedStep(2, DropNote, AddNote)).On(Rows).LossesAreDeclared()),
        Case("FreshAndUpgradedMeanTheSame", _ => Of(new EmittedStep(2, SetDefault, AllowNull)).FreshAndUpgradedMeanTheSame(
            """CREATE TABLE "order" ("id" INTEGER NOT NULL, "price" INTEGER, "note" TEXT, CONSTRAINT "PK_order" PRIMARY KEY ("id"))""")),
        Case("SchemaFileIsCurrent", folder =>
        {
            string path = Path.Combine(folder, "schema.sql");
            Of().WriteSchemaFile(path);
            Of(new EmittedStep(2, SetDefault, AllowNull)).SchemaFileIsCurrent(path);
        }),
        Case("VersionsAreInOrder", folder =>
        {
            string path = Path.Combine(folder, "schema.sql");
            Of(new EmittedStep(3, AddIndex, DropIndex)).WriteSchemaFile(path);
            Of(new EmittedStep(2, SetDefault, AllowNull), new EmittedStep(3, AddIndex, DropIndex)).VersionsAreInOrder(path);
        }),
    ];

    [TestCaseSource(nameof(Checks))]
    public void Message_is_on_the_page(string check, Action<string> run)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("messages-");
        try
        {
            MigrationCheckException? thrown = Assert.Throws<MigrationCheckException>(() => run(folder.FullName));
            string message = Name().Replace(
                thrown!.Message.Replace(folder.FullName + Path.DirectorySeparatorChar, "", StringComparison.Ordinal),
                match => (match.Groups["assembly"].Success ? "Shop." : "") + Names[int.Parse(match.Groups["version"].ValueSpan, CultureInfo.InvariantCulture)]);

            Assert.That(message, Does.StartWith(check));
            Assert.That(Page.Blocks("text").Where(block => message.Contains($"\n{block}\n", StringComparison.Ordinal)), Has.Exactly(1).Items, message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Test]
    public void Page_has_no_message_that_no_check_says() =>
        Assert.That(Page.Blocks("text").Count(), Is.EqualTo(Checks.Count()));

    private static TestCaseData<string, Action<string>> Case(string check, Action<string> run) =>
        new TestCaseData<string, Action<string>>(check, run).SetArgDisplayNames(check);

    private static MigrationChecks Of(params EmittedStep[] steps) => MigrationChecks.For(EmittedAssembly.Of([CreateOrder, .. steps]));

    private static void SetDefault(Migration m) => m.Alter.Column("price").OnTable("order").AsInt32().Nullable().WithDefaultValue(0);

    private static void AllowNull(Migration m) => m.Alter.Column("price").OnTable("order").AsInt32().Nullable();

    private static void AddIndex(Migration m) => m.Create.Index("ix_order_price").OnTable("order").OnColumn("price");

    private static void DropIndex(Migration m) => m.Delete.Index("ix_order_price").OnTable("order");

    private static void ForbidNull(Migration m) => m.Alter.Column("price").OnTable("order").AsInt32().NotNullable();

    private static void AddNote(Migration m) => m.Create.Column("note").OnTable("order").AsString(80).Nullable();

    private static void DropNote(Migration m) => m.Delete.Column("note").FromTable("order");

    [GeneratedRegex(@"(?<assembly>Emitted\d+\.)?\bM(?<version>\d)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Name();
}
