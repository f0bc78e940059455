using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Migrations.Runner.Connections;

/// <summary>Waits for other connections, up to a timeout, and stops at once when it is cancelled.</summary>
internal sealed class BusyWait(TimeSpan timeout, TimeProvider clock, CancellationToken cancellationToken)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly long started = clock.GetTimestamp();

    public static bool IsBusy(int code) => (code & 0xff) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    /// <summary>Waits a moment; false where the time is over.</summary>
    public bool Again()
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (clock.GetElapsedTime(started) >= timeout)
        {
            return false;
        }

        cancellationToken.WaitHandle.WaitOne(Pause);
        cancellationToken.ThrowIfCancellationRequested();
        return true;
    }

    /// <summary>Runs a statement and gives its first value, again and again while others hold a lock that it needs.</summary>
    public object? Run(SqliteConnection connection, string sql)
    {
        while (true)
        {
            try
            {
                using SqliteCommand command = connection.CreateCommand();
                command.CommandText = sql;

                // Microsoft.Data.Sqlite waits by itself, deaf to the token.
                command.CommandTimeout = 1;
                return command.ExecuteScalar();
            }
            catch (SqliteException e) when (IsBusy(e.SqliteErrorCode))
            {
                if (!Again())
                {
                    throw;
                }
            }
        }
    }
}
