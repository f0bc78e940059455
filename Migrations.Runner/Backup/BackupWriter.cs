using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Migrations.Core.Syntax;
using Migrations.Runner.Connections;
using Migrations.Runner.Files;

namespace Migrations.Runner.Backup;

/// <summary>
/// Writes a whole copy of a database into a file beside which nothing else is needed. Until it is complete, checked and on the
/// disk it has another name, so that whatever stops this leaves nothing that looks like a backup.
/// </summary>
internal sealed class BackupWriter(DatabaseFile file, CopySettings settings, TimeSpan busyTimeout, ILogger logger)
{
    /// <summary>What SQLite adds to the name of a database for the files beside it (fileformat2.html, sections 3 and 4; wal.html).</summary>
    public static readonly ImmutableArray<string> SideFiles = ["-journal", "-wal", "-shm"];

    /// <summary>Removes an unfinished file, and what SQLite kept beside it.</summary>
    public static void Remove(string partial)
    {
        foreach (string side in SideFiles)
        {
            File.Delete(partial + side);
        }

        File.Delete(partial);
    }

    /// <summary>The same after a failure, which is the error to report: one more is logged.</summary>
    public static void Discard(string partial, ILogger logger)
    {
        try
        {
            Remove(partial);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            BackupLog.LeftoverStays(logger, partial, e);
        }
    }

    /// <summary>Makes an empty file of this name, which must not be there yet.</summary>
    public static void Claim(string partial)
    {
        using FileStream claimed = new(partial, FileMode.CreateNew, FileAccess.Write);
    }

    /// <summary>Copies into a claimed file, checks the copy, and makes it last; the file keeps its name.</summary>
    public void Write(SqliteConnection source, string partial, Action<long, long> progress, CancellationToken cancellationToken)
    {
        Copy(source, partial, progress, cancellationToken);
        using (SqliteConnection written = file.At(partial).Open(SqliteOpenMode.ReadWrite))
        {
            // The header of a database with a write-ahead log is copied too. Without one a backup is a single file, and can be read
            // where nothing can be written (wal.html#read_only_databases).
            written.Execute("PRAGMA main.journal_mode = DELETE");
            Check(source, written, partial, cancellationToken);
        }

        if (SideFiles.FirstOrDefault(side => File.Exists(partial + side)) is { } left)
        {
            throw new BackupFailedException(partial, $"\"{partial}{left}\" is still there after the copy was closed: the backup is not a single file. Does ConnectionOpened keep a connection open?");
        }

        DurableFiles.Flush(partial);
    }

    /// <summary>Copies a damaged database into a claimed file as it is.</summary>
    public void WriteUnchecked(SqliteConnection source, string partial, CancellationToken cancellationToken)
    {
        Copy(source, partial, (_, _) => { }, cancellationToken);
        DurableFiles.Flush(partial);
    }

    private void Copy(SqliteConnection source, string partial, Action<long, long> progress, CancellationToken cancellationToken)
    {
        using SqliteConnection target = file.At(partial).Open(SqliteOpenMode.ReadWrite);

        // An application's hook may ask every connection for a write-ahead log, which would fix the size of pages.
        target.Execute("PRAGMA main.journal_mode = DELETE");
        new PageCopy(source, target, settings, busyTimeout).Run(progress, cancellationToken);
    }

    private void Check(SqliteConnection source, SqliteConnection written, string partial, CancellationToken cancellationToken)
    {
        QuickCheck check = QuickCheck.Run(written, cancellationToken);
        if (check.IsDamaged)
        {
            QuickCheck original = QuickCheck.Run(source, cancellationToken);
            throw original.IsDamaged
                ? BackupFaults.Damaged(file, original.DamageInWords)
                : new BackupFailedException(partial, $"The copy of \"{file.Name}\" is not what the database is: {check.DamageInWords}. The drive of \"{partial}\" may be failing. Nothing was changed.");
        }

        if (!check.Findings.IsEmpty)
        {
            BackupLog.Findings(logger, partial, string.Join("; ", check.Findings.Take(5)));
        }

        if (!check.Unchecked.IsEmpty)
        {
            BackupLog.Unchecked(logger, partial, string.Join(", ", check.Unchecked.Select((SqlIdentifier table) => table.Quoted)));
        }
    }
}
