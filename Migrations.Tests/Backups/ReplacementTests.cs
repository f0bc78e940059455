using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Backups;

/// <summary>Restoring where SQLite can't write to the database: it is missing, or no longer one.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ReplacementTests
{
    [Test]
    public void Restore_of_a_missing_database_makes_it([Values] JournalMode journal)
    {
        using BackedUp database = new(journal);
        DatabaseSnapshot before = database.Snapshot();
        DatabaseBackup backup = database.Make();
        File.Delete(database.Path);

        database.Restore(backup);

        Assert.That(database.Files, Is.EquivalentTo(new[] { "test.db", Path.GetFileName(backup.Path) }));
        database.Snapshot().ExceptPragmas("journal_mode").AssertSameAs(before.ExceptPragmas("journal_mode"));
    }

    [TestCase("text", false)]
    [TestCase("text", true)]
    [TestCase("truncated", false)]
    [TestCase("truncated", true)]
    [TestCase("corrupt", false)]
    public void Restore_over_a_damaged_database_brings_everything_back(string damage, bool hasStaleFiles)
    {
        using BackedUp database = new();
        DatabaseSnapshot before = database.Snapshot();
        DatabaseBackup backup = database.Make();
        Break(database, damage);
        byte[] broken = File.ReadAllBytes(database.Path);
        if (hasStaleFiles)
        {
            File.WriteAllText(database.Path + "-wal", "stale log");
            File.WriteAllText(database.Path + "-journal", "stale journal");
        }

        database.Restore(backup);

        using (SqliteConnection connection = database.Open())
        {
            Integrity.Check(connection);
        }

        database.Snapshot().ExceptPragmas("journal_mode").AssertSameAs(before.ExceptPragmas("journal_mode"));
        Assert.That(database.Files, Has.None.EndsWith(".partial").And.None.EqualTo("test.db-wal").And.None.EqualTo("test.db-journal"));
        if (damage != "corrupt")
        {
            string aside = Directory.GetFiles(database.Folder, "test.db.*.damaged").Single();
            Assert.That(File.ReadAllBytes(aside), Is.EqualTo(broken));
            Assert.That(database.Log.Lines, Has.Some.Contains(aside));
        }
    }

    [Test]
    public void Restore_over_a_damaged_database_that_is_stopped_leaves_it_in_place()
    {
        using BackedUp database = new();
        DatabaseBackup backup = database.Make();
        Break(database, "text");
        byte[] broken = File.ReadAllBytes(database.Path);
        string[] files = [.. database.Files];
        for (int stop = 1; stop < 10; stop++)
        {
            int steps = 0;
            int at = stop;
            Assert.That(
                () => database.Restore(backup, report =>
                {
                    if (report.Done is not null && ++steps == at)
                    {
                        throw new InvalidOperationException("stop");
                    }
                }),
                Throws.InvalidOperationException);
            Assert.That(database.Files, Is.EqualTo(files));
            Assert.That(File.ReadAllBytes(database.Path), Is.EqualTo(broken));
        }
    }

    [Test]
    [Platform("Linux,MacOsX")]
    public void Restore_through_a_symbolic_link_replaces_what_it_leads_to()
    {
        using BackedUp database = new();
        DatabaseSnapshot before = database.Snapshot();
        DatabaseBackup backup = database.Make();
        Directory.CreateDirectory(database.In("real"));
        File.WriteAllText(database.In("real", "data.db"), "broken" + new string('x', 1000));
        File.Delete(database.Path);
        File.CreateSymbolicLink(database.Path, database.In("real", "data.db"));

        database.Restore(backup);

        Assert.That(new FileInfo(database.Path).LinkTarget, Is.EqualTo(database.In("real", "data.db")));
        database.Snapshot(database.In("real", "data.db")).ExceptPragmas("journal_mode").AssertSameAs(before.ExceptPragmas("journal_mode"));
    }

    [Test]
    public void Make_removes_what_an_interrupted_replacement_left()
    {
        using BackedUp database = new() { Options = { Backup = { Folder = "kept" } } };
        File.WriteAllText(database.In("test.db.20261123T010203456Z.backup.partial"), "");

        database.Make();

        Assert.That(database.Files, Has.None.EndsWith(".partial"));
    }

    private static void Break(BackedUp database, string damage)
    {
        switch (damage)
        {
            case "text":
                File.WriteAllText(database.Path, new string('x', 5000));
                break;
            case "truncated":
                DamageTests.Truncate(database.Path);
                break;
            default:
                DamageTests.Corrupt(database.Path);
                break;
        }
    }
}
