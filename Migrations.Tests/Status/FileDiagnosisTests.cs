using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Runner.Files;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Status;

public sealed class FileDiagnosisTests
{
    private static readonly byte[] Page = [.. Enumerable.Range(0, 4096).Select(i => (byte)i)];

    [Test]
    public void GetStatus_folderMissing_saysSo()
    {
        using StatusDatabase database = new();
        database.Options.ConnectionString = $"Data Source={Path.Combine(database.Folder, "missing", "app.db")}";

        DatabaseStatus status = database.Status;

        Assert.That(status.Problem, Is.EqualTo(DatabaseProblem.FolderMissing));
        Assert.That(
            status.Message,
            Is.EqualTo($"The folder of the database \"{Path.Combine(database.Folder, "missing", "app.db")}\" does not exist: create it, or name another file in the connection string."));
        Assert.That(Directory.Exists(Path.Combine(database.Folder, "missing")), Is.False);
    }

    [Test]
    public void GetStatus_folder_saysSo()
    {
        using StatusDatabase database = new();
        Directory.CreateDirectory(database.Path);

        Assert.That(database.Status.Problem, Is.EqualTo(DatabaseProblem.IsFolder));
        Assert.That(database.Message, Is.EqualTo("\"app.db\" is a folder: name a file in the connection string."));
    }

    [Test]
    public void GetStatus_fileThatMayNotBeRead_saysSo()
    {
        using StatusDatabase database = new();
        database.AddHistory(1, 2);
        database.Allow("755", "600");

        DatabaseStatus status = OtherUser.Run(() => database.Status);

        Assert.That(status.Problem, Is.EqualTo(DatabaseProblem.AccessDenied));
        Assert.That(
            status.Message,
            Is.EqualTo($"The process may not read \"{database.Path}\": give its user the right to read and write the file and its folder."));
    }

    [Test]
    public void GetStatus_folderThatMayNotBeEntered_saysSo()
    {
        using StatusDatabase database = new();
        database.AddHistory(1, 2);
        database.Allow("700", "644");

        Assert.That(OtherUser.Run(() => database.Status).Problem, Is.EqualTo(DatabaseProblem.AccessDenied));
    }

    [Test]
    public void Explain_writeToAFileThatMayNotBeWritten_saysSo()
    {
        using StatusDatabase database = new();
        database.AddHistory(1);
        database.Allow("777", "444");

        DatabaseUnusableException error = OtherUser.Run(() => Refused(database, "INSERT INTO VersionInfo VALUES (2, NULL, NULL)"));

        Assert.That(error.Problem, Is.EqualTo(DatabaseProblem.ReadOnlyFile));
        Assert.That(
            error.Message, Is.EqualTo($"The process may not write \"{database.Path}\": give its user the right to write the file and its folder."));
    }

    [Test]
    public void Explain_writeInAFolderThatMayNotBeWritten_saysSo()
    {
        using StatusDatabase database = new();
        database.AddHistory(1);
        database.Allow("755", "666");

        DatabaseUnusableException error = OtherUser.Run(() => Refused(database, "INSERT INTO VersionInfo VALUES (2, NULL, NULL)"));

        Assert.That(error.Problem, Is.EqualTo(DatabaseProblem.ReadOnlyFolder));
    }

    [Test]
    public void Explain_newFileInAFolderThatMayNotBeWritten_saysSo()
    {
        using StatusDatabase database = new();
        database.Allow("755", "666");

        Assert.That(OtherUser.Run(() => Refused(database, "CREATE TABLE t (a)")).Problem, Is.EqualTo(DatabaseProblem.ReadOnlyFolder));
    }

    [Test]
    public void Explain_fullDatabase_isDiskFull()
    {
        using StatusDatabase database = new();

        DatabaseUnusableException error = Refused(database, "CREATE TABLE t (a)", "PRAGMA max_page_count = 3", "INSERT INTO t VALUES (zeroblob(100000))");

        Assert.That(error.Problem, Is.EqualTo(DatabaseProblem.DiskFull));
        Assert.That(error.Message, Is.EqualTo($"There is no room left to write \"{database.Path}\" and what belongs to it: free space on its disk."));
    }

    [Test]
    public void Explain_faultOfTheStatement_isNoDamage()
    {
        using StatusDatabase database = new();
        database.AddHistory(1);

        DatabaseUnusableException error = Refused(database, "SELECT )");

        Assert.That(error.Problem, Is.EqualTo(DatabaseProblem.Other));
        Assert.That(error.Message, Is.EqualTo($"\"{database.Path}\" can't be used: near \")\": syntax error"));
        Assert.That(FileDiagnosis.IsAboutFile(error.InnerException!), Is.False); // Explain keeps the error.
    }

    [TestCase("Dear reader, this is a letter.\n")]
    [TestCase("xy")]
    [TestCase("SQLite format 2, which nothing reads any more, and some more text to come to a hundred bytes, which is a header's size.")]
    public void GetStatus_text_isNoDatabase(string text)
    {
        using StatusDatabase database = new();
        File.WriteAllText(database.Path, text);

        Unchanged(database, DatabaseProblem.NotADatabase);
        Assert.That(database.Message, Is.EqualTo("\"app.db\" is no SQLite database: name another file in the connection string, or move this one away."));
    }

    [Test]
    public void GetStatus_longText_isNoDatabase()
    {
        using StatusDatabase database = new();
        File.WriteAllText(database.Path, string.Concat(Enumerable.Repeat("All work and no play. ", 4096))[..8192]);

        Unchanged(database, DatabaseProblem.NotADatabase);
    }

    [Test]
    public void GetStatus_zeros_isNoDatabase()
    {
        using StatusDatabase database = new();
        File.WriteAllBytes(database.Path, new byte[8192]);

        Unchanged(database, DatabaseProblem.NotADatabase);
    }

    [Test]
    public void GetStatus_bytesInOrder_isNoDatabase()
    {
        using StatusDatabase database = new();
        File.WriteAllBytes(database.Path, Page);

        Unchanged(database, DatabaseProblem.NotADatabase);
    }

    [Test, Repeat(20)]
    public void GetStatus_pagesOfNoise_looksEncrypted()
    {
        using StatusDatabase database = new();
        File.WriteAllBytes(database.Path, RandomNumberGenerator.GetBytes(512 * RandomNumberGenerator.GetInt32(1, 30)));

        Unchanged(database, DatabaseProblem.Encrypted);
        Assert.That(
            database.Message,
            Is.EqualTo("\"app.db\" looks like an encrypted database: give its key, and the right one, in the connection string or in ConnectionOpened."));
    }

    [Test]
    public void GetStatus_noiseOfNoWholePages_isNoDatabase()
    {
        using StatusDatabase database = new();
        File.WriteAllBytes(database.Path, RandomNumberGenerator.GetBytes(8191));

        Unchanged(database, DatabaseProblem.NotADatabase);
    }

    [Test]
    public void GetStatus_noiseAroundPlainFields_looksEncrypted()
    {
        using StatusDatabase database = new();
        database.AddHistory(1, 2);
        byte[] content = File.ReadAllBytes(database.Path);
        RandomNumberGenerator.Fill(content.AsSpan(0, 16));
        RandomNumberGenerator.Fill(content.AsSpan(24));
        File.WriteAllBytes(database.Path, content);

        Unchanged(database, DatabaseProblem.Encrypted);
    }

    [Test]
    public void GetStatus_cutOff_isDamagedAndSaysHowMuch()
    {
        using StatusDatabase database = new();
        database.AddHistory(1, 2).Execute("CREATE TABLE t (a); INSERT INTO t VALUES (zeroblob(100000))");
        long size = new FileInfo(database.Path).Length;
        using (FileStream file = File.OpenWrite(database.Path))
        {
            file.SetLength(size - 8192);
        }

        Unchanged(database, DatabaseProblem.Damaged);
        Assert.That(database.Message, Is.EqualTo($"\"app.db\" is damaged: it has {size - 8192} bytes, and {size} by its header. Put a backup back."));
    }

    [TestCase(2)]
    [TestCase(99)]
    [TestCase(700)]
    public void GetStatus_cutOffInTheFirstPage_isNamed(int length)
    {
        using StatusDatabase database = new();
        database.AddHistory(1, 2);
        File.WriteAllBytes(database.Path, File.ReadAllBytes(database.Path)[..length]);

        Unchanged(database, length < 16 ? DatabaseProblem.NotADatabase : DatabaseProblem.Damaged);
    }

    [Test]
    public void GetStatus_pageOverwritten_isDamaged()
    {
        using StatusDatabase database = new();
        database.AddHistory(1, 2);
        byte[] content = File.ReadAllBytes(database.Path);
        Page.CopyTo(content.AsSpan(4096));
        content[4096] = 0xFF;
        File.WriteAllBytes(database.Path, content);

        Unchanged(database, DatabaseProblem.Damaged);
        Assert.That(database.Message, Is.EqualTo("\"app.db\" is damaged: database disk image is malformed. Put a backup back."));
    }

    [Test]
    public void GetStatus_schemaOverwritten_isDamaged()
    {
        using StatusDatabase database = new();
        database.AddHistory(1, 2);
        database.Execute("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE VersionInfo (' WHERE name = 'VersionInfo'");

        Unchanged(database, DatabaseProblem.Damaged);
    }

    // rescode.html#ioerr_shmsize: what a WAL database meets first on a full disk; the others may have other causes.
    [TestCase(4874, DatabaseProblem.DiskFull, "There is no room left to write \"app.db\" and what belongs to it: free space on its disk.")]
    [TestCase(778, DatabaseProblem.Other, "\"app.db\" can't be used: disk I/O error. Look at the disk, the space on it, and the limits of the process.")]
    public void Explain_diskErrors_areFullOnlyWhereTheDiskIs(int code, DatabaseProblem expected, string message)
    {
        using StatusDatabase database = new();

        DatabaseUnusableException error = FileDiagnosis.Explain(database.File, new SqliteException("SQLite Error 10: 'disk I/O error'.", 10, code));

        Assert.That(error.Problem, Is.EqualTo(expected));
        Assert.That(error.Message.Replace(database.Path, "app.db", StringComparison.Ordinal), Is.EqualTo(message));
    }

    [Test]
    public void Explain_applicationWrites_leavesItsLocks()
    {
        if (!File.Exists("/proc/locks"))
        {
            Assert.Ignore("Only Linux tells of its locks: skipped");
        }

        using StatusDatabase database = new();
        database.AddHistory(1, 2);
        using SqliteConnection application = database.Open();
        application.Execute("BEGIN IMMEDIATE");
        string inode = Inode(database.Path);
        int before = Locks(inode);

        foreach (int code in (ReadOnlySpan<int>)[11, 14, 26])
        {
            _ = FileDiagnosis.Explain(database.File, new SqliteException("SQLite Error: 'made up'.", code));
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.That(before, Is.Positive);
        Assert.That(Locks(inode), Is.EqualTo(before));
    }

    private static string Inode(string path)
    {
        using Process process = Process.Start(new ProcessStartInfo("stat", ["-c", "%i", path]) { RedirectStandardOutput = true, UseShellExecute = false })!; // It starts or throws.
        return process.StandardOutput.ReadToEnd().Trim();
    }

    private static int Locks(string inode) => File.ReadLines("/proc/locks").Count(line => line.Contains($":{inode} ", StringComparison.Ordinal));

    private static void Unchanged(StatusDatabase database, DatabaseProblem expected)
    {
        byte[] before = File.ReadAllBytes(database.Path);
        File.SetLastWriteTimeUtc(database.Path, DateTime.UnixEpoch);

        Assert.That(database.ReadUpToDate(), Is.Null);
        DatabaseStatus status = database.Status;

        Assert.That(status.State, Is.EqualTo(DatabaseState.Unusable));
        Assert.That(status.Problem, Is.EqualTo(expected), status.Message);
        Assert.That(status.Modules, Is.Empty);
        Assert.That(status.Error, Is.InstanceOf<SqliteException>());
        Assert.That(File.ReadAllBytes(database.Path), Is.EqualTo(before));
        Assert.That(File.GetLastWriteTimeUtc(database.Path), Is.EqualTo(DateTime.UnixEpoch));
        Assert.That(database.Files, Is.EqualTo(["app.db"]));
    }

    private static DatabaseUnusableException Refused(StatusDatabase database, params string[] statements)
    {
        try
        {
            using SqliteConnection connection = database.File.Open(SqliteOpenMode.ReadWriteCreate);
            foreach (string sql in statements)
            {
                connection.Execute(sql);
            }
        }
        catch (SqliteException e)
        {
            return FileDiagnosis.Explain(database.File, e);
        }

        throw new InvalidOperationException("Nothing was refused.");
    }
}
