using MailServer;
using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Runner.History;
using Migrations.Tests.MailServer;
using Migrations.Tests.Support;
using NUnit.Framework;
using UpgradeRefusedException = Migrations.Runner.UpgradeRefusedException;

namespace Migrations.Tests.Baselines;

/// <summary>A real application's databases, made by its own migrations, declared to be at a revision of the sample that re-tells them.</summary>
public sealed class MailServerBaselineTests
{
    [TestCase(0)]
    [TestCase(3)]
    [TestCase(11)]
    [TestCase(20)]
    [TestCase(31)]
    [TestCase(32)]
    public async Task Baseline_ofARevision_goesOnLikeItsOwnHistory(int revision)
    {
        using SqliteConnection reference = ReferenceHistory.After(revision);
        using MailFile file = new();
        using (SqliteConnection target = new($"Data Source={file.Path};Pooling=False"))
        {
            target.Open();
            reference.BackupDatabase(target);
        }

        using MailFile own = new();
        own.MoveTo(revision, seed: true);
        await using DatabaseMigrator migrator = DatabaseMigrator.Create($"Data Source={file.Path}", typeof(RevisionAttribute).Assembly);
        UpgradeRefusedException? refused = await Assert.ThrowsAsync<UpgradeRefusedException>(async () => await migrator.BaselineAsync(revision + 1));
        Assert.That(refused?.Differences.Select(difference => difference.ToString()), Is.EqualTo(new[] { "table \"alembic_version\": not expected" }));

        await migrator.BaselineAsync("", revision + 1, new() { AllowExtraObjects = true });
        await migrator.UpgradeAsync();

        own.MoveTo(ReferenceHistory.Newest);
        Assert.That(Without(file.Meaning()), Is.EqualTo(Without(own.Meaning())));
        Assert.That(Without(file.StoredRows()), Is.EqualTo(Without(own.StoredRows())).And.Not.Empty);
        using SqliteConnection after = file.Open();
        Assert.That(after.Scalar<string>("PRAGMA integrity_check"), Is.EqualTo("ok"));
        Assert.That(after.Rows("PRAGMA foreign_key_check"), Is.Empty);
    }

    [Test]
    public async Task Baseline_atAnotherRevision_isRefused()
    {
        using SqliteConnection reference = ReferenceHistory.After(11);
        using MailFile file = new();
        using (SqliteConnection target = new($"Data Source={file.Path};Pooling=False"))
        {
            target.Open();
            reference.BackupDatabase(target);
        }

        await using DatabaseMigrator migrator = DatabaseMigrator.Create($"Data Source={file.Path}", typeof(RevisionAttribute).Assembly);
        IReadOnlyList<string> meaning = SchemaMeaning.Of(reference);
        foreach (int revision in (int[])[0, 8, 14, 20, 32])
        {
            using SqliteConnection other = ReferenceHistory.After(revision);
            Assert.That(SchemaMeaning.Of(other), Is.Not.EqualTo(meaning));
            int version = revision + 1;
            Assert.That(
                async () => await migrator.BaselineAsync("", version, new() { AllowExtraObjects = true }),
                Throws.TypeOf<UpgradeRefusedException>().With.Property("Differences").Not.Empty,
                $"revision {revision}");
        }
    }

    private static IEnumerable<string> Without(IEnumerable<string> lines) => lines.Where(line => !line.StartsWith(VersionHistory.Table, StringComparison.Ordinal));
}
