using MailServer;
using Migrations.Runner;
using NUnit.Framework;

namespace Migrations.Tests.Upgrades;

public sealed class UpgradeTests
{
    [Test]
    public async Task UpgradeAsync_ofAMissingFile_appliesEveryMigration()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("migrations-upgrade-");
        try
        {
            string path = Path.Combine(folder.FullName, "mail.db");
            await using DatabaseMigrator migrator = DatabaseMigrator.Create($"Data Source={path}", typeof(RevisionAttribute).Assembly);
            Assert.That(migrator.GetStatus().State, Is.EqualTo(DatabaseState.New));

            UpgradeResult result = await migrator.UpgradeAsync();

            Assert.That(result.Migrations, Has.Count.EqualTo(33));
            Assert.That(migrator.GetStatus().State, Is.EqualTo(DatabaseState.UpToDate));
            Assert.That((await migrator.UpgradeAsync()).Migrations, Is.Empty);
            await migrator.MigrateToAsync(5);
            Assert.That(migrator.GetStatus().Modules[0].NewestApplied, Is.EqualTo(5));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
