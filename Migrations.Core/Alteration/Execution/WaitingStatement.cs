using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Migrations.Core.Alteration.Execution;

/// <summary>
/// Runs a statement that returns nothing, and waits for other connections in short steps, so that a cancellation ends the wait. It
/// waits as long as the connection's own commands would.
/// </summary>
internal static class WaitingStatement
{
    private const int BusySnapshot = 517;
    private const int LockedSharedCache = 262;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs one statement; <paramref name="compiled"/> gets it before its first step.</summary>
    /// <exception cref="SqliteException">SQLite refused it, or another connection did not let go in time.</exception>
    /// <exception cref="OperationCanceledException">The watch's token was cancelled.</exception>
    public static void Execute(SqliteConnection connection, string sql, StatementWatch watch, Action<sqlite3_stmt>? compiled = null)
    {
        sqlite3 handle = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (Try(handle, sql, compiled) is not { } busy)
            {
                return;
            }

            // Microsoft.Data.Sqlite takes a timeout of 0 seconds for no limit.
            if (connection.DefaultTimeout != 0 && Stopwatch.GetElapsedTime(started).TotalSeconds >= connection.DefaultTimeout)
            {
                throw busy;
            }

            watch.Wait(Step);
        }
    }

    /// <summary>Null, or the error where another connection stands in the way.</summary>
    private static SqliteException? Try(sqlite3 handle, string sql, Action<sqlite3_stmt>? compiled)
    {
        int result = raw.sqlite3_prepare_v2(handle, sql, out sqlite3_stmt statement);
        using (statement)
        {
            if (result == raw.SQLITE_OK)
            {
                compiled?.Invoke(statement);
                do
                {
                    result = raw.sqlite3_step(statement);
                }
                while (result == raw.SQLITE_ROW);
            }

            if (result is raw.SQLITE_OK or raw.SQLITE_DONE)
            {
                return null;
            }

            try
            {
                SqliteException.ThrowExceptionForRC(result, handle);
                return null;
            }
            catch (SqliteException error) when (MayPass(error))
            {
                return error;
            }
        }
    }

    // A reader of this very connection does not go away by waiting, and neither does a snapshot that is out of date (rescode.html).
    private static bool MayPass(SqliteException error) => error.SqliteErrorCode switch
    {
        raw.SQLITE_BUSY => error.SqliteExtendedErrorCode != BusySnapshot,
        raw.SQLITE_LOCKED => error.SqliteExtendedErrorCode == LockedSharedCache,
        _ => false,
    };
}
