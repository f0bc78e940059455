using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Migrations.Runner.Files;
using Migrations.Runner.Locking;

namespace Migrations.Runner.Backup;

/// <summary>
/// Puts a whole new file into the place of one that SQLite can't read, or that is missing. Connections that others opened before
/// keep what they had.
/// </summary>
internal sealed class FileReplacement(DatabaseFile file, CopySettings copying, TimeSpan busyTimeout, ILogger logger)
{
    /// <summary>Replaces the database by a copy of an open one.</summary>
    /// <returns>The new name of what was there; null where nothing was.</returns>
    public string? Run(SqliteConnection source, Action<long, long> progress, CancellationToken cancellationToken)
    {
        // SQLite keeps its side files beside what a link leads to.
        string live = RealPath.Of(file.Path);
        string folder = Path.GetDirectoryName(live) ?? "";
        BackupName name = BackupName.Fitting(Path.GetFileName(file.Path), copying.Clock.GetUtcNow(), []);
        string partial = Path.Combine(folder, name + BackupName.Partial);

        // Up to here a crash leaves the database alone, and an unfinished file that the next backup removes.
        BackupWriter.Claim(partial);
        try
        {
            new BackupWriter(file, copying, busyTimeout, logger).Write(source, partial, progress, cancellationToken);
            string? aside = SetAside(live, name.Time);

            // The set put aside is on the disk before anything goes. Side files go before the new file comes: it would be
            // changed by a journal that is not its own. A crash in between leaves what can't be read anyway, and the set.
            DurableFiles.FlushFolder(folder);
            foreach (string side in BackupWriter.SideFiles)
            {
                File.Delete(live + side);
            }

            DurableFiles.FlushFolder(folder);

            // One step: there is always a file of this name, the old one or the new one.
            File.Move(partial, live, overwrite: true);
            DurableFiles.FlushFolder(folder);
            return aside;
        }
        catch
        {
            BackupWriter.Discard(partial, logger);
            throw;
        }
    }

    // With the suffix last but for SQLite's own, so that the set is still one database.
    private string? SetAside(string live, DateTimeOffset time)
    {
        string aside = BackupName.Damaged(live, time);
        bool isAny = false;
        foreach (string side in (ReadOnlySpan<string>)["", "-journal", "-wal"])
        {
            if (File.Exists(live + side))
            {
                DurableFiles.Link(live + side, aside + side);
                isAny = true;
            }
        }

        if (!isAny)
        {
            return null;
        }

        BackupLog.SetAside(logger, file.Name, aside);
        return aside;
    }
}
