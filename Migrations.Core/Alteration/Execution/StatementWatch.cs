using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Migrations.Core.Alteration.Execution;

/// <summary>
/// Looks after the statements of a connection while they run: interrupts the running one when a token is cancelled, and calls
/// back at intervals. SQLite asks it every so many opcodes (c3ref/progress_handler.html), on the thread that runs the
/// statement; where there is nothing to look after, SQLite is not told to ask.
/// </summary>
internal sealed class StatementWatch
{
    private const int OpcodesPerLook = 1000;

    // An alteration inside a piece of code that is watched itself: SQLite knows one handler for each connection.
    private static readonly ConditionalWeakTable<SqliteConnection, StatementWatch> Watches = [];

    private readonly SqliteConnection connection;
    private readonly CancellationToken token;
    private readonly Action? elapsed;
    private readonly TimeSpan interval;
    private StatementWatch? outer;
    private ExceptionDispatchInfo? failure;
    private bool hasInterrupted;
    private bool isFinished;
    private long reported = Stopwatch.GetTimestamp();

    /// <summary>Makes a watch that calls <paramref name="elapsed"/> about every <paramref name="interval"/> while a statement runs.</summary>
    public StatementWatch(SqliteConnection connection, Action? elapsed, TimeSpan interval, CancellationToken token)
    {
        this.connection = connection;
        this.token = token;
        this.elapsed = elapsed;
        this.interval = interval;
    }

    private bool IsNeeded => token.CanBeCanceled || elapsed is not null;

    /// <summary>
    /// Does work whose statements are watched. Where the watch stops it, what comes out is what the callback threw, or the
    /// cancellation, whatever SQLite's interruption has been turned into on the way.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public T Run<T>(Func<T> work)
    {
        if (!IsNeeded)
        {
            return work();
        }

        Check();
        Begin();
        try
        {
            T result = work();
            Check();
            return result;
        }
        catch (Exception error) when (failure is not null || hasInterrupted)
        {
            Throw(error);
            throw;
        }
        finally
        {
            isFinished = true;
            End();
        }
    }

    /// <summary>Stops between two statements, where the token has been cancelled or a callback has thrown.</summary>
    public void Check()
    {
        if (!isFinished)
        {
            failure?.Throw();
            token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>From here on nothing is stopped: what follows is the clean-up, or it is done.</summary>
    public void Finish() => isFinished = true;

    /// <summary>Calls back now, and keeps what is thrown for <see cref="Check"/>: it must not cross SQLite's own frames.</summary>
    public void Report(Action report)
    {
        reported = Stopwatch.GetTimestamp();
        if (isFinished || failure is not null)
        {
            return;
        }

        try
        {
            report();
        }
#pragma warning disable CA1031 // Whatever the caller's code throws comes out again once SQLite has returned.
        catch (Exception error)
#pragma warning restore CA1031
        {
            failure = ExceptionDispatchInfo.Capture(error);
        }
    }

    /// <summary>Waits a moment for another connection, as attentive as while a statement runs.</summary>
    public void Wait(TimeSpan time)
    {
        (isFinished ? CancellationToken.None : token).WaitHandle.WaitOne(time);
        ReportElapsed();
        Check();
    }

    private void Begin()
    {
        if (Watches.TryGetValue(connection, out outer))
        {
            Watches.Remove(connection);
        }

        Watches.Add(connection, this);
        raw.sqlite3_progress_handler(connection.Handle, OpcodesPerLook, Look, null);
    }

    private void End()
    {
        Watches.Remove(connection);
        if (outer is not null)
        {
            Watches.Add(connection, outer);
        }

        if (connection.Handle is { } handle)
        {
            raw.sqlite3_progress_handler(handle, outer is null ? 0 : OpcodesPerLook, outer is null ? null : outer.Look, null);
        }
    }

    private int Look(object? state)
    {
        if (isFinished)
        {
            return 0;
        }

        ReportElapsed();
        if (failure is null && !token.IsCancellationRequested)
        {
            return outer?.Look(state) ?? 0;
        }

        hasInterrupted = true;
        return 1;
    }

    private void ReportElapsed()
    {
        if (elapsed is not null && Stopwatch.GetElapsedTime(reported) >= interval)
        {
            Report(elapsed);
        }
    }

    private void Throw(Exception error)
    {
        if (failure is null)
        {
            throw new OperationCanceledException("It was cancelled while a statement ran, and what it had done was rolled back.", error, token);
        }

        if (failure.SourceException != error && error.Data[FirstError.CleanUpKey] is { } second)
        {
            failure.SourceException.Data[FirstError.CleanUpKey] = second;
        }

        failure.Throw();
    }
}
