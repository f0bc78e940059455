using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;
using Migrations.Runner.Connections;
using Migrations.Runner.Files;
using Migrations.Runner.Locking;
using SQLitePCL;

namespace Migrations.Runner.Upgrade;

/// <summary>Finds out that a database can be written before anything of it is changed.</summary>
internal static class WriteAccess
{
    /// <summary>
    /// Makes and deletes a file in the folder, and takes SQLite's write lock for a moment, waiting for other writers as long as the
    /// busy timeout says.
    /// </summary>
    /// <exception cref="DatabaseUnusableException">The file or its folder can't be written, or somebody else writes.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Require(DatabaseFile file, CancellationToken cancellationToken)
    {
        try
        {
            if (!file.IsInMemory)
            {
                TryFolder(file);
            }

            if (file.Exists)
            {
                TryFile(file, cancellationToken);
            }
        }
        catch (Exception e) when (FileDiagnosis.IsAboutFile(e))
        {
            throw FileDiagnosis.Explain(file, e);
        }
    }

    private static void TryFolder(DatabaseFile file)
    {
        using SafeFileHandle probe = File.OpenHandle(
            RealPath.Of(file.Path) + "-upgrade.probe", FileMode.Create, FileAccess.Write, FileShare.ReadWrite, FileOptions.DeleteOnClose);
        RandomAccess.Write(probe, [0], 0);
    }

    private static void TryFile(DatabaseFile file, CancellationToken cancellationToken)
    {
        using SqliteConnection connection = file.Open(SqliteOpenMode.ReadWrite);

        // A file that can't be written is opened for reading without a word (c3ref/open.html), and BEGIN IMMEDIATE then only reads.
        if (raw.sqlite3_db_readonly(connection.Handle, "main") == 1)
        {
            SqliteException.ThrowExceptionForRC(raw.SQLITE_READONLY, null);
        }

        new BusyWait(TimeSpan.FromSeconds(file.BusySeconds), TimeProvider.System, cancellationToken).Run(connection, "BEGIN IMMEDIATE");
        connection.Execute("ROLLBACK");
    }
}
