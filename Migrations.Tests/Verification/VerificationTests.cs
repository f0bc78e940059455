using Migrations.Runner;
using Migrations.Runner.Upgrade;
using Migrations.Runner.Verification;
using Migrations.Tests.Upgrades;
using NUnit.Framework;

namespace Migrations.Tests.Verification;

[Parallelizable(ParallelScope.All)]
internal sealed class VerificationTests
{
    private const string Tables = """
        CREATE TABLE parent (a TEXT, b TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;
        CREATE TABLE child (id INTEGER PRIMARY KEY, x TEXT, y TEXT, note TEXT, FOREIGN KEY (x, y) REFERENCES parent (a, b));
        CREATE INDEX by_note ON child (note);
        """;

    [Test]
    public void Database_as_the_migrations_make_it_has_no_findings()
    {
        using UpgradeFile file = Prepared();

        VerificationResult result = Verify(file);

        Assert.That(result.Findings, Is.Empty);
        Assert.That((result.NotCompared, result.Differences.Length), Is.EqualTo((default(string), 0)));
    }

    [Test]
    public void Page_of_an_index_that_is_overwritten_is_a_finding_and_all_else_is_looked_at()
    {
        using UpgradeFile file = Prepared();
        file.Execute("PRAGMA foreign_keys = OFF; INSERT INTO child (x, y) VALUES ('a', 'nosuch')");
        Overwrite(file, (file.Scalar<long>("SELECT rootpage FROM sqlite_schema WHERE name = 'by_note'") - 1) * file.Scalar<long>("PRAGMA page_size"), 100);

        VerificationResult result = Verify(file);

        Assert.That(result.Findings.Select(finding => finding.Kind).Distinct(), Is.EqualTo([FindingKind.Damage, FindingKind.ForeignKey]));
        Assert.That(result.Findings.Last().Text, Is.EqualTo("table \"child\", row 501: \"x\", \"y\" refers to no row of \"parent\""));
        Assert.That(result.NotCompared, Is.Null);
    }

    [Test]
    public void Schema_that_can_not_be_read_is_a_finding()
    {
        using UpgradeFile file = Prepared();
        Overwrite(file, 100, 8); // The head of the first page of sqlite_schema (fileformat2.html, section 1.6).

        VerificationResult result = Verify(file);

        Assert.That(result.Findings, Is.Not.Empty);
        Assert.That(result.Findings.Select(finding => finding.Kind), Is.All.EqualTo(FindingKind.Damage));
        Assert.That(result.NotCompared, Is.EqualTo("the database is damaged"));
    }

    [Test]
    public void Drift_is_shown_line_by_line()
    {
        using UpgradeFile file = Prepared();
        file.Execute("ALTER TABLE child ADD COLUMN extra INTEGER; DROP INDEX by_note; CREATE INDEX by_note ON child (note, extra)");

        VerificationResult result = Verify(file);

        Assert.That(result.Findings.Select(finding => finding.Kind), Is.EqualTo([FindingKind.Drift, FindingKind.Drift]));
        Assert.That(result.Differences, Does.Contain("- CREATE INDEX by_note ON child (note)").And.Contain("+ CREATE INDEX by_note ON child (note, extra)"));
        Assert.That(result.Differences.Count(line => line.StartsWith("+     extra INTEGER", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public void Rows_without_a_parent_are_counted_beyond_the_first_hundred()
    {
        using UpgradeFile file = Prepared();
        file.Execute("PRAGMA foreign_keys = OFF; UPDATE child SET x = 'gone', y = 'gone'");

        VerificationResult result = Verify(file);

        Assert.That(result.Findings, Has.Length.EqualTo(101));
        Assert.That(result.Findings[^1].Text, Is.EqualTo("and 400 more"));
    }

    [Test]
    public void Edited_migration_is_a_finding_and_the_schema_is_compared()
    {
        using UpgradeFile file = Prepared();

        VerificationResult result = Verify(file, $"{Tables} CREATE TABLE later (a);");

        Assert.That(result.Findings.Select(finding => finding.Kind), Is.EqualTo([FindingKind.History, FindingKind.Drift]));
        Assert.That(result.Findings[1].Text, Is.EqualTo("table \"later\": missing"));
    }

    private static UpgradeFile Prepared()
    {
        UpgradeFile file = new();
        file.UpgradeAsync(new MigrationAssembly().Add(1, Tables)).GetAwaiter().GetResult();
        file.Execute(
            "INSERT INTO parent VALUES ('a', 'b'); "
            + "INSERT INTO child (x, y, note) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) SELECT 'a', 'b', 'note ' || i FROM n");
        return file;
    }

    private static VerificationResult Verify(UpgradeFile file, string tables = Tables)
    {
        DatabaseMigratorOptions options = new() { ConnectionString = file.ConnectionString, BusyTimeout = TimeSpan.FromSeconds(5) };
        options.Assemblies.Add(new MigrationAssembly().Add(1, tables).Build());
        MigratorSettings settings = MigratorSettings.Of(options);
        return new VerificationRun(settings, new(settings.ConnectionString, settings.BusyTimeout, null), CancellationToken.None).Run();
    }

    private static void Overwrite(UpgradeFile file, long position, int length)
    {
        using FileStream stream = new(file.Path, FileMode.Open, FileAccess.ReadWrite);
        stream.Position = position;
        stream.Write(Enumerable.Repeat((byte)0xEE, length).ToArray());
    }
}
