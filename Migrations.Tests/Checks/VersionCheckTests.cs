using System.Reflection;
using Migrations.Testing;
using Migrations.Tests.Backups;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Checks;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class VersionCheckTests : IDisposable
{
    private const string RecordWayOut =
        "What was released stays as it is: change new migrations, not released ones. What never left this computer may be corrected by hand at the head of the file.";

    private const string WayOut = "The order of versions is the order in which databases get migrations: see that everyone gets them in the same.";

    private readonly string folder = Directory.CreateTempSubdirectory("migrations-").FullName;

    private string Path => System.IO.Path.Combine(folder, "schema.sql");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Versions_thatFollowTheRecord_areInOrder()
    {
        Write("-- 1 M1", "-- 3 M3");

        Assert.That(() => Checks(1, 3, 4).VersionsAreInOrder(Path), Throws.Nothing);
    }

    [Test]
    public void Versions_thatContradictTheRecord_areNamed()
    {
        Write("-- 1 M1", "-- 3 Another", "-- 5 Gone", "-- 7 M7");
        Assembly assembly = Of(1, 3, 6, 7, 8);

        Assert.That(CheckText.Of(assembly, () => MigrationChecks.For(assembly).VersionsAreInOrder(Path)), Is.EqualTo($"""
            VersionsAreInOrder failed.

            Migration 3 (App.M3): "{Path}" has this version as "Another", now it is "M3". If another migration took the version, databases that have applied the first will never get it: give it a version of its own. If it was only renamed, change the name in the file.

            Migration 5: "{Path}" has it as "Gone", and there is no such migration any more. Databases that have applied it would not be known.

            Migration 6 (App.M6): it is not in "{Path}", and older than migration 7 "M7", which is. Databases at version 7 would get it after that one, others before: give it a version above 7.

            {RecordWayOut}
            """));
    }

    [Test]
    public void Versions_besideAFileThatIsNotMerged_areNotJudged()
    {
        Write("-- 1 M1", "<<<<<<< HEAD", "-- 3 M3", "=======", "-- 2 M2", ">>>>>>> branch");
        Assembly assembly = Of(1, 2, 3);

        Assert.That(CheckText.Of(assembly, () => MigrationChecks.For(assembly).VersionsAreInOrder(Path)), Is.EqualTo($"""
            VersionsAreInOrder failed.

            "{Path}" has the marks of a merge that is not resolved. Take the file of the branch that is merged into (git checkout --ours or --theirs), so that the record is what was released there, and write it anew with MIGRATIONS_WRITE_SCHEMA=1.
                line 3: <<<<<<< HEAD
                line 5: =======
                line 7: >>>>>>> branch

            {RecordWayOut}
            """));
        Assert.That(() => MigrationChecks.For(assembly).WriteSchemaFile(Path), Throws.TypeOf<MigrationCheckException>());
    }

    [Test]
    public void Versions_thatTheRecordNamesTwice_areNamed()
    {
        Write("-- 1 M1", "-- 1 Other");
        Assembly assembly = Of(1);

        Assert.That(
            CheckText.Of(assembly, () => MigrationChecks.For(assembly).VersionsAreInOrder(Path)),
            Does.Contain($"Migration 1: \"{Path}\" names it twice, as \"M1\" and \"Other\"."));
    }

    [Test]
    public void Versions_withoutAFile_sayHowToWriteIt()
    {
        Assembly assembly = Of(1);

        Assert.That(CheckText.Of(assembly, () => MigrationChecks.For(assembly).VersionsAreInOrder(Path)), Is.EqualTo($"""
            VersionsAreInOrder failed.

            "{Path}", which has the record of released migrations, is not there.

            Write it: run the check SchemaFileIsCurrent with the environment variable MIGRATIONS_WRITE_SCHEMA=1.
            """));
    }

    [Test]
    public void Versions_thatTwoMigrationsHave_areNamedWithBoth()
    {
        Assembly one = Of(1, 2, 5);
        Assembly other = Of(2, 4, 5);

        Assert.That(
            CheckText.Of(one, () => MigrationChecks.For(one, other).VersionsAreInOrder()).Replace(other.GetName().Name + ".", "Other.", StringComparison.Ordinal),
            Is.EqualTo($"""
                VersionsAreInOrder failed.

                Migration 2: 2 migrations have this version. Give all but one another.
                    App.M2
                    Other.M2

                Migration 5: 2 migrations have this version. Give all but one another.
                    App.M5
                    Other.M5

                {WayOut}
                """));
        Assert.That(() => MigrationChecks.For(one, other).All(Path), Throws.TypeOf<MigrationCheckException>().With.Message.StartsWith("VersionsAreInOrder failed."));
    }

    [Test]
    public void Versions_thatAreTimes_mustBeTimesThatHaveBeen()
    {
        FixedClock clock = new() { Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero) };
        Assembly assembly = Of(7, 20260230, 202602301200, 202603011200, 20260301235959, 20260302030000, 202704010000, 990001010000);

        Assert.That(CheckText.Of(assembly, () => MigrationChecks.For(assembly).VersionsAreInOrder(clock)), Is.EqualTo($"""
            VersionsAreInOrder failed.

            Migration 202602301200 (App.M202602301200): the version looks like a time (yyyyMMddHHmm), and there is no such time. Correct it.

            Migration 202704010000 (App.M202704010000): the version is a time that is still to come, 2027-04-01 00:00. Migrations that others write until then would come before it: correct it.

            Migration 20260302030000 (App.M20260302030000): the version is a time that is still to come, 2026-03-02 03:00. Migrations that others write until then would come before it: correct it.

            {WayOut}
            """));
    }

    [Test]
    public void Versions_andEverythingElse_areReportedInOneMessage()
    {
        Assembly assembly = EmittedAssembly.Of(EmittedStep.Sql(1, "CREATE TABLE t(a TEXT)", "DROP TABLE t"), EmittedStep.Sql(2, "ALTER TABLE t DROP COLUMN a; SELECT 1"));
        Assembly sound = EmittedAssembly.Of(EmittedStep.Sql(1, "CREATE TABLE t(a TEXT, b TEXT)", "DROP TABLE t"));
        MigrationChecks.For(sound).WriteSchemaFile(Path);

        Assert.That(() => MigrationChecks.For(sound).All(Path), Throws.Nothing);
        MigrationCheckException error = Assert.Throws<MigrationCheckException>(() => MigrationChecks.For(assembly).All(System.IO.Path.Combine(folder, "other.sql")))!; // It throws.
        Assert.That(error.Check, Is.EqualTo("EveryDownGivesBackTheSchema, EveryStepWorksOnRows, FreshAndUpgradedMeanTheSame, SchemaFileIsCurrent, VersionsAreInOrder, LossesAreDeclared"));
        Assert.That(error.Message, Does.Contain("EveryDownGivesBackTheSchema failed.").And.Contain("\n\nSchemaFileIsCurrent failed.\n\n").And.Contain("LossesAreDeclared failed."));
    }

    private static MigrationChecks Checks(params long[] versions) => MigrationChecks.For(Of(versions));

    private static Assembly Of(params long[] versions) => EmittedAssembly.Of([.. versions.Select(version => EmittedStep.Sql(version, "SELECT 1"))]);

    private void Write(params string[] record) =>
        File.WriteAllLines(Path, ["-- A head.", .. record, "", "CREATE TABLE t(", "    a TEXT", ");", "-- 99 is no record here"]);
}
