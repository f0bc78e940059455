using Microsoft.Data.Sqlite;
using Migrations.Runner.Connections;
using SQLitePCL;

namespace Migrations.Runner.Backup;

/// <summary>
/// Copies all pages of a database over another one in one transaction of the target (c3ref/backup_finish.html): until the last step
/// the target is what it was, and what stops before is rolled back.
/// </summary>
internal sealed class PageCopy(SqliteConnection source, SqliteConnection target, CopySettings settings, TimeSpan busyTimeout)
{
    /// <summary>
    /// Begins a read transaction on the source: every step then reads the same state, and what other connections commit
    /// meanwhile does not start the copy over (backup.html, "File and Database Connection Locking").
    /// </summary>
    public static void HoldState(SqliteConnection source, BusyWait wait)
    {
        source.Execute("BEGIN");
        wait.Run(source, "SELECT count(*) FROM main.sqlite_schema");
    }

    /// <summary>Copies; the source holds a read transaction.</summary>
    /// <exception cref="SqliteException">A step failed, or another connection used the target for longer than the timeout.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Run(Action<long, long> progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        BusyWait wait = new(busyTimeout, settings.Clock, cancellationToken);
        using sqlite3_backup? backup = raw.sqlite3_backup_init(target.Handle, "main", source.Handle, "main");
        if (backup is null || backup.IsInvalid)
        {
            SqliteException.ThrowExceptionForRC(raw.sqlite3_errcode(target.Handle), target.Handle);
            throw new InvalidOperationException("SQLite did not begin to copy and gave no reason.");
        }

        int code;
        do
        {
            code = raw.sqlite3_backup_step(backup, settings.PagesPerStep);
            if (code is raw.SQLITE_OK or raw.SQLITE_DONE)
            {
                long total = raw.sqlite3_backup_pagecount(backup);
                progress(total - raw.sqlite3_backup_remaining(backup), total);
            }

            // After the last step it is done: what was committed is not taken back.
            if (code != raw.SQLITE_DONE)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        while (code == raw.SQLITE_OK || (BusyWait.IsBusy(code) && wait.Again()));

        if (code != raw.SQLITE_DONE)
        {
            // The connection's own message comes with its last error only, which need not be this one.
            throw new SqliteException(raw.sqlite3_errstr(code).utf8_to_string(), code & 0xff, code);
        }
    }
}
