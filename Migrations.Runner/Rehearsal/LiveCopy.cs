using Microsoft.Data.Sqlite;
using Migrations.Runner.Backup;
using Migrations.Runner.Files;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.Rehearsal;

/// <summary>
/// Copies a live database by the online backup API, as it is at one moment (backup.html). Takes no lock but SQLite's own shared one, which
/// lets others write in a database with a write-ahead log, and lets them wait in one with a rollback journal.
/// </summary>
internal sealed class LiveCopy(MigratorSettings settings, DatabaseFile live, CopySettings copying)
{
    /// <summary>A rehearsal holds up to four copies at the same time, one of which is being changed.</summary>
    private const int Copies = 5;

    /// <summary>Copies it; the journal mode goes with it.</summary>
    /// <returns>The size in bytes.</returns>
    /// <exception cref="DatabaseUnusableException">The database can't be read, or there is too little room.</exception>
    public long Make(DatabaseFile copy, Action<UpgradeProgress> progress, CancellationToken cancellationToken)
    {
        progress(new(UpgradePhase.BackingUp));
        try
        {
            return live.Read(source =>
            {
                PageCopy.HoldState(source, new(settings.BusyTimeout, copying.Clock, cancellationToken));
                long size = FreeSpace.SizeOf(source);
                if (settings.ChecksFreeSpace)
                {
                    new FreeSpace(live, copying, RehearsalFaults.WayOutOfSpace).Require((copy.Folder, Copies * size));
                }

                using SqliteConnection target = copy.Open(SqliteOpenMode.ReadWriteCreate);
                new PageCopy(source, target, copying, settings.BusyTimeout).Run(
                    (done, total) => progress(new(UpgradePhase.BackingUp, done: done, total: total)), cancellationToken);
                return size;
            });
        }
        catch (Exception e) when (RehearsalFaults.IsStorage(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw RehearsalFaults.Copying(live, copy, e);
        }
    }
}
