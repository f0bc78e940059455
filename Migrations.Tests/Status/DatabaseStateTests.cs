using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Status;

public sealed class DatabaseStateTests
{
    [Test]
    public void GetStatus_noFile_isNewAndMakesNone()
    {
        using StatusDatabase database = new();

        Assert.That(database.Status.State, Is.EqualTo(DatabaseState.New));
        Assert.That(database.Message, Is.EqualTo("\"app.db\" is new and needs 2 migrations."));
        Assert.That(database.Files, Is.Empty);
    }

    [Test]
    public void GetStatus_emptyFile_isNew()
    {
        using StatusDatabase database = new();
        File.WriteAllBytes(database.Path, []);

        Assert.That(database.Status.State, Is.EqualTo(DatabaseState.New));
        Assert.That(new FileInfo(database.Path).Length, Is.Zero);
    }

    // SQLite takes any file of one byte for an empty one, and writes that byte itself on some systems.
    [TestCase("S", DatabaseState.New)]
    [TestCase("x", DatabaseState.Unusable)]
    public void GetStatus_fileOfOneByte_isNewOnlyIfSqliteWroteIt(string content, DatabaseState expected)
    {
        using StatusDatabase database = new();
        File.WriteAllText(database.Path, content);

        Assert.That(database.Status.State, Is.EqualTo(expected));
        Assert.That(database.Status.Problem, Is.EqualTo(expected == DatabaseState.Unusable ? DatabaseProblem.NotADatabase : null));
    }

    [TestCase("?mode=rwc")]
    [TestCase("?mode=rwc&psow=1#part")]
    [TestCase("?psow=1")]
    [TestCase("")]
    public void GetStatus_uri_readsTheFile(string parameters)
    {
        using StatusDatabase database = new();
        database.AddHistory(1, 2);
        database.Options.ConnectionString = $"Data Source=file:{database.Path}{parameters}";

        Assert.That(database.Status.State, Is.EqualTo(DatabaseState.UpToDate));
        Assert.That(database.File.Path, Is.EqualTo(database.Path));
    }

    [Test]
    public void GetStatus_everythingApplied_isUpToDate()
    {
        using StatusDatabase database = new();
        database.AddHistory(2, 1);

        Assert.That(database.Status.State, Is.EqualTo(DatabaseState.UpToDate));
        Assert.That(database.Message, Is.EqualTo("\"app.db\" is up to date at version 2."));
        Assert.That(database.Status.Modules[0].Applied.Select(migration => migration.ToString()), Is.EqualTo(["1 Plain", "2 in words"]));
    }

    [Test]
    public void GetStatus_someApplied_isPending()
    {
        using StatusDatabase database = new();
        database.AddHistory(1);

        Assert.That(database.Status.State, Is.EqualTo(DatabaseState.Pending));
        Assert.That(database.Message, Is.EqualTo("\"app.db\" is at version 1 and needs 1 migration: 2 in words."));
    }

    [Test]
    public void GetStatus_emptyHistory_isPending()
    {
        using StatusDatabase database = new();
        database.Execute("CREATE TABLE thing (id)").AddHistory();

        Assert.That(database.Status.State, Is.EqualTo(DatabaseState.Pending));
        Assert.That(database.Message, Is.EqualTo("\"app.db\" is at version 0 and needs 2 migrations: 1 Plain, 2 in words."));
    }

    [Test]
    public void GetStatus_earlierOneMissing_isOutOfOrderUnlessAllowed()
    {
        using StatusDatabase database = new();
        database.AddHistory(2);

        Assert.That(database.Status.State, Is.EqualTo(DatabaseState.OutOfOrder));
        Assert.That(
            database.Message,
            Is.EqualTo("\"app.db\" is at version 2, and lacks the migration 1 Plain, which comes before it: give later versions, or allow it (OutOfOrder)."));

        database.Options.OutOfOrder = HistoryPolicy.Allow;
        Assert.That(database.Status.State, Is.EqualTo(DatabaseState.Pending));
        Assert.That(database.Status.Modules[0].OutOfOrder.Select(migration => migration.Version), Is.EqualTo([1L]));
    }

    [Test]
    public void GetStatus_unknownVersionBelowTheNewest_isUnknownUnlessAllowed()
    {
        using StatusDatabase database = new();
        database.Options.Assemblies.Add(new StatedTypes(typeof(AwkwardMigrations.AutoReversing)));
        database.AddHistory(1, 2, 7, 12);

        Assert.That(database.Status.State, Is.EqualTo(DatabaseState.UnknownMigrations));
        Assert.That(
            database.Message,
            Is.EqualTo("\"app.db\" holds the migration 7 was 7, which the application does not know: start the application that has applied this, or allow it (UnknownMigrations)."));

        database.Options.UnknownMigrations = HistoryPolicy.Allow;
        Assert.That(database.Status.State, Is.EqualTo(DatabaseState.UpToDate));
        Assert.That(database.Status.Modules[0].Unknown.Select(migration => migration.Version), Is.EqualTo([7L]));
        Assert.That(database.ReadUpToDate(), Is.Null, "What is odd takes the closer look.");
    }

    [Test]
    public void GetStatus_versionAboveTheNewest_isNewerUnlessAllowed()
    {
        using StatusDatabase database = new();
        database.AddHistory(1, 2, 99999);

        Assert.That(database.Status.State, Is.EqualTo(DatabaseState.NewerThanApplication));
        Assert.That(database.Status.CanUpgrade, Is.False);
        Assert.That(
            database.Message,
            Is.EqualTo("\"app.db\" is at version 99999, and this application knows versions up to 2: start the newer application; there is no backup of a version that fits."));

        database.Options.NewerDatabase = HistoryPolicy.Allow;
        Assert.That(database.Status.State, Is.EqualTo(DatabaseState.UpToDate));
    }

    [Test]
    public async Task GetStatus_newerAndBackups_namesTheNewestThatFits()
    {
        using StatusDatabase database = new();
        database.AddHistory(1).Execute("CREATE TABLE thing (id)");
        await using DatabaseMigrator migrator = DatabaseMigrator.Create(database.Options);
        await migrator.BackupAsync();
        database.Execute("INSERT INTO VersionInfo VALUES (2, NULL, NULL)");
        DatabaseBackup fitting = await migrator.BackupAsync();
        database.Execute("INSERT INTO VersionInfo VALUES (3, NULL, NULL)");
        await migrator.BackupAsync();

        DatabaseStatus status = migrator.GetStatus();

        Assert.That(status.FittingBackup?.Path, Is.EqualTo(fitting.Path));
        Assert.That(
            status.Message,
            Is.EqualTo($"\"{database.Path}\" is at version 3, and this application knows versions up to 2: start the newer application, or put back the newest backup that fits, \"{fitting.Path}\" of version 2."));
    }

    [Test]
    public void GetStatus_oneModuleNewer_isNewer()
    {
        using StatusDatabase database = new();
        database.Options.Modules.Add("blog", new StatedTypes(typeof(AwkwardMigrations.Plain)));
        database.AddHistory(1, 2).AddHistory("VersionInfo_blog", 1, 5);

        Assert.That(database.Status.State, Is.EqualTo(DatabaseState.NewerThanApplication));
        Assert.That(database.Message, Does.StartWith("\"app.db\" is at version blog 5, and this application knows versions up to blog 1: "));
    }

    [Test]
    public void GetStatus_twoModulesUpToDate_saysBothVersions()
    {
        using StatusDatabase database = new();
        database.Options.Modules.Add("blog", new StatedTypes(typeof(AwkwardMigrations.Plain)));
        database.AddHistory(1, 2).AddHistory("VersionInfo_blog", 1);

        Assert.That(database.Message, Is.EqualTo("\"app.db\" is up to date at version blog 1, 2."));
        Assert.That(database.ReadUpToDate(), Has.Length.EqualTo(2));
    }

    [Test]
    public void GetStatus_moduleGone_isReportedAndRefusedByPolicy()
    {
        using StatusDatabase database = new();
        database.AddHistory(1, 2).AddHistory("VersionInfo_Blog", 1, 5).AddHistory("VersionInfo_empty");

        Assert.That(database.Status.State, Is.EqualTo(DatabaseState.UpToDate));
        Assert.That(database.Status.Modules.Where(module => module.IsMissing).Select(module => $"{module.Module} {module.NewestApplied}"), Is.EqualTo(["Blog 5"]));

        database.Options.MissingModules = HistoryPolicy.Refuse;
        Assert.That(database.Status.State, Is.EqualTo(DatabaseState.ModuleMissing));
        Assert.That(
            database.Message,
            Is.EqualTo("\"app.db\" holds migrations of Blog 5, which the application does not have: add the module, or allow that it is gone (MissingModules)."));
        Assert.That(database.ReadUpToDate(), Is.Null);
    }

    [Test]
    public void GetStatus_tablesWithoutHistory_isUnversionedUnlessAllowed()
    {
        using StatusDatabase database = new();
        database.Execute("CREATE TABLE thing (id); INSERT INTO thing VALUES (1)");

        Assert.That(database.Status.State, Is.EqualTo(DatabaseState.Unversioned));
        Assert.That(
            database.Message,
            Is.EqualTo("\"app.db\" holds tables and no history of migrations: declare first which version they are at, or allow it (UnversionedDatabase)."));

        database.Options.UnversionedDatabase = HistoryPolicy.Allow;
        Assert.That(database.Status.State, Is.EqualTo(DatabaseState.Pending));
    }

    [TestCase(0, DatabaseState.UpToDate)]
    [TestCase(77, DatabaseState.UpToDate)]
    [TestCase(-77, DatabaseState.OtherApplication)]
    public void GetStatus_applicationId_isComparedUnlessZero(int inFile, DatabaseState expected)
    {
        using StatusDatabase database = new();
        database.Options.ApplicationId = 77;
        database.AddHistory(1, 2).Execute($"PRAGMA application_id = {inFile}");

        Assert.That(database.Status.State, Is.EqualTo(expected));
        Assert.That(database.ReadUpToDate() is not null, Is.EqualTo(expected == DatabaseState.UpToDate));
        if (expected == DatabaseState.OtherApplication)
        {
            Assert.That(
                database.Message,
                Is.EqualTo("\"app.db\" belongs to another application: its application_id is -77, and this application's is 77. Name another file in the connection string."));
        }
    }

    [Test]
    public void GetStatus_ownVersionTable_isReadByItsNames()
    {
        using StatusDatabase database = new();
        database.Options.Assemblies.Add(new StatedTypes(typeof(QuotedVersionTable)));
        database.Execute("""CREATE TABLE "My ""Versions" ("the version" INTEGER); INSERT INTO "My ""Versions" VALUES (1), (2), (2)""");

        Assert.That(database.Status.State, Is.EqualTo(DatabaseState.UpToDate));
        Assert.That(database.ReadUpToDate(), Is.Not.Null);
    }

    [Test]
    public void GetStatus_historyInAnAttachedDatabase_isReadThere()
    {
        using StatusDatabase database = new();
        database.Options.Assemblies.Add(new StatedTypes(typeof(AttachedVersionTable)));
        string attached = Path.Combine(database.Folder, "history.db");
        database.Options.ConnectionOpened = connection => connection.Execute($"ATTACH '{attached}' AS history");
        database.Execute($"ATTACH '{attached}' AS history; CREATE TABLE history.VersionInfo (Version INTEGER); INSERT INTO history.VersionInfo VALUES (1), (2); CREATE TABLE thing (id)");

        Assert.That(database.Status.State, Is.EqualTo(DatabaseState.UpToDate));
        Assert.That(database.ReadUpToDate(), Is.Not.Null);
    }

    [TestCase("INSERT INTO VersionInfo VALUES ('2')", ExpectedResult = null)]
    [TestCase("INSERT INTO VersionInfo VALUES (' 2 ')", ExpectedResult = null)]
    [TestCase("INSERT INTO VersionInfo VALUES (2.0)", ExpectedResult = null)]
    [TestCase("INSERT INTO VersionInfo VALUES (2), (2), (1)", ExpectedResult = null)]
    [TestCase("INSERT INTO VersionInfo VALUES (NULL)", ExpectedResult = "\"app.db\" can't be used: the column \"Version\" of \"VersionInfo\", which holds the history of migrations, holds NULL. Correct it by hand.")]
    [TestCase("INSERT INTO VersionInfo VALUES ('two')", ExpectedResult = "\"app.db\" can't be used: the column \"Version\" of \"VersionInfo\", which holds the history of migrations, holds 'two', which is no version. Correct it by hand.")]
    [TestCase("INSERT INTO VersionInfo VALUES (2.5)", ExpectedResult = "\"app.db\" can't be used: the column \"Version\" of \"VersionInfo\", which holds the history of migrations, holds '2.5', which is no version. Correct it by hand.")]
    [TestCase("INSERT INTO VersionInfo VALUES (x'32')", ExpectedResult = "\"app.db\" can't be used: the column \"Version\" of \"VersionInfo\", which holds the history of migrations, holds a BLOB, which is no version. Correct it by hand.")]
    [TestCase("ALTER TABLE VersionInfo RENAME COLUMN Version TO v", ExpectedResult = "\"app.db\" can't be used: the table \"VersionInfo\", which holds the history of migrations, has no column \"Version\". Correct it by hand.")]
    [TestCase("ALTER TABLE VersionInfo RENAME TO v; CREATE VIEW VersionInfo AS SELECT * FROM v", ExpectedResult = "\"app.db\" can't be used: \"VersionInfo\" is a view, and the history of migrations must be a table. Correct it by hand.")]
    public string? GetStatus_oddHistory_isReadAsFluentMigratorDoesOrSaid(string sql)
    {
        using StatusDatabase database = new();
        database.Execute("CREATE TABLE VersionInfo (Version); INSERT INTO VersionInfo VALUES (1)").Execute(sql);

        DatabaseStatus status = database.Status;

        Assert.That(status.State, Is.EqualTo(DatabaseState.UpToDate).Or.EqualTo(DatabaseState.Unusable));
        return status.State == DatabaseState.UpToDate ? null : database.Message;
    }

    [Test]
    public void GetStatus_sharedDatabaseInMemory_isReadThroughTheApplicationsConnection()
    {
        DatabaseMigratorOptions options = new() { ConnectionString = $"Data Source={nameof(GetStatus_sharedDatabaseInMemory_isReadThroughTheApplicationsConnection)};Mode=Memory;Cache=Shared" };
        options.Assemblies.Add(new StatedTypes(typeof(AwkwardMigrations.Plain)));
        using SqliteConnection keeper = new(options.ConnectionString);
        keeper.Open();
        using DatabaseMigrator migrator = DatabaseMigrator.Create(options);
        Assert.That(migrator.GetStatus().State, Is.EqualTo(DatabaseState.New));

        keeper.Execute("CREATE TABLE VersionInfo (Version INTEGER); INSERT INTO VersionInfo VALUES (1)");

        Assert.That(migrator.GetStatus().State, Is.EqualTo(DatabaseState.UpToDate));
    }
}
