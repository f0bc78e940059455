using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Processes;

/// <summary>A folder of one test's own with a mail server's database, what SQLite keeps beside it, and its backups.</summary>
internal sealed class MailFolder : IDisposable
{
    public const string FileName = "mail.db";

    private readonly DirectoryInfo folder;

    private MailFolder(DirectoryInfo folder) => this.folder = folder;

    public string File => Path.Combine(folder.FullName, FileName);

    public string FullName => folder.FullName;

    /// <summary>The names of what lies in the folder.</summary>
    public IEnumerable<string> Names => folder.EnumerateFileSystemInfos().Select(file => file.Name).Order(StringComparer.Ordinal);

    /// <summary>Files that were being written when something ended, with what SQLite keeps beside them.</summary>
    public IEnumerable<string> Partials => Names.Where(name => name.Contains(".partial", StringComparison.Ordinal));

    public static MailFolder Empty() => new(Directory.CreateTempSubdirectory("migrations-process-"));

    public static MailFolder With(PreparedMail mail, JournalMode journal)
    {
        MailFolder made = Empty();
        mail.CopyTo(made.FullName, journal);
        return made;
    }

    /// <summary>A folder in another one, such as a disk of its own.</summary>
    public static MailFolder In(string parent, PreparedMail mail, JournalMode journal)
    {
        MailFolder made = new(Directory.CreateDirectory(Path.Combine(parent, Path.GetRandomFileName())));
        mail.CopyTo(made.FullName, journal);
        return made;
    }

    /// <summary>A copy of everything as it lies there; no process may have it open.</summary>
    public MailFolder Copy()
    {
        MailFolder copy = Empty();
        foreach (FileInfo file in folder.EnumerateFiles())
        {
            file.CopyTo(Path.Combine(copy.FullName, file.Name));
        }

        return copy;
    }

    public byte[] Bytes() => System.IO.File.ReadAllBytes(File);

    /// <summary>The applied versions, by SQL alone; empty where there is no history.</summary>
    public static IReadOnlyList<long> VersionsIn(SqliteConnection connection) =>
        connection.Scalar<long>("SELECT count(*) FROM sqlite_schema WHERE name = 'VersionInfo'") == 0
            ? []
            : [.. connection.Rows("SELECT Version FROM VersionInfo ORDER BY Version").Select(row => (long)row[0]!)];

    /// <summary>Fails the test unless the database is at a whole version and holds exactly what it must hold there. Returns the version.</summary>
    public long AssertWhole(PreparedMail mail) => AssertWhole(File, mail);

    /// <summary>Fails the test unless every listed backup is what its name says, and nothing else lies there that could be taken for one.</summary>
    public void AssertBackups(PreparedMail mail)
    {
        using DatabaseMigrator migrator = MailMigrator.Create(File);
        IReadOnlyList<DatabaseBackup> backups = migrator.GetBackups();
        foreach (DatabaseBackup backup in backups)
        {
            Assert.That(backup.Versions.Select(version => version.Version), Is.EqualTo(new[] { AssertWhole(backup.Path, mail) }), backup.Path);
        }

        string[] known = [.. ((string[])["", "-wal", "-shm", "-journal", "-upgrade.lock", "-upgrade.holder"]).Select(suffix => FileName + suffix)];
        IEnumerable<string> stray = Names.Except(known).Except(Partials)
            .Where(name => !backups.Any(backup => name.StartsWith(Path.GetFileName(backup.Path), StringComparison.Ordinal)));
        Assert.That(stray, Is.Empty, "files that are neither the database's nor a backup nor unfinished");
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static long AssertWhole(string file, PreparedMail mail)
    {
        using SqliteConnection connection = MailContent.Open(file);
        Integrity.Check(connection);
        IReadOnlyList<long> versions = VersionsIn(connection);
        Assert.That(versions, Is.EqualTo(Enumerable.Range(1, versions.Count).Select(version => (long)version)).And.Not.Empty, file);
        Assert.That(MailContent.Of(connection).DifferencesFrom(mail.Versions[versions[^1]]), Is.Empty, $"{file} at version {versions[^1]}");
        return versions[^1];
    }
}
