using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Migrations.Runner.Files;

namespace Migrations.Runner.Locking;

/// <summary>
/// The right to change a database, held by one migrator at a time, in this process or another: an exclusive lock on a file beside
/// the database. The operating system lets go of it when the process ends, however it ends; the file itself stays and means
/// nothing. A database in memory is locked within the process.
/// </summary>
internal sealed class UpgradeLock : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    private readonly DatabaseFile file;
    private readonly SafeFileHandle? handle;
    private bool isReleased;

    private UpgradeLock(DatabaseFile file, SafeFileHandle? handle)
    {
        this.file = file;
        this.handle = handle;
        if (handle is not null)
        {
            LockHolder.Current().Write(LockHolder.PathFor(file));
        }
    }

    /// <summary>The file that is locked; one for all paths that lead to the database through links.</summary>
    public static string PathFor(DatabaseFile file) => RealPath.Of(file.Path) + "-upgrade.lock";

    /// <summary>Whether anybody has ever taken the lock. Where nobody has, nobody holds it.</summary>
    public static bool WasEverTaken(DatabaseFile file) => file.IsInMemory || File.Exists(PathFor(file));

    /// <summary>Takes the lock if nobody has it; null where somebody has.</summary>
    /// <exception cref="DatabaseUnusableException">The lock's file can't be made or opened.</exception>
    public static UpgradeLock? TryAcquire(DatabaseFile file)
    {
        if (file.IsInMemory)
        {
            return MemoryLocks.TryTake(file.Name) ? new(file, null) : null;
        }

        return LockFile.TryOpen(file, PathFor(file)) is { } handle ? new(file, handle) : null;
    }

    /// <summary>Takes the lock, waiting for whoever has it.</summary>
    /// <param name="file">The database.</param>
    /// <param name="timeout">How long to wait: zero not at all, <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="waiting">Called once, before the first wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="DatabaseUnusableException">It was not free in time, or its file can't be made or opened.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static UpgradeLock Acquire(DatabaseFile file, TimeSpan timeout, Action waiting, CancellationToken cancellationToken)
    {
        long started = TimeProvider.System.GetTimestamp();
        TimeSpan pause = FirstPause;
        bool isWaiting = false;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryAcquire(file) is { } acquired)
            {
                return acquired;
            }

            if (!isWaiting)
            {
                isWaiting = true;
                waiting();
            }

            if (timeout != Timeout.InfiniteTimeSpan)
            {
                TimeSpan left = timeout - TimeProvider.System.GetElapsedTime(started);
                if (left <= TimeSpan.Zero)
                {
                    throw NotFree(file, timeout);
                }

                pause = left < pause ? left : pause;
            }

            cancellationToken.WaitHandle.WaitOne(pause);
            pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause;
        }
    }

    public void Dispose()
    {
        if (isReleased)
        {
            return;
        }

        isReleased = true;
        if (handle is null)
        {
            MemoryLocks.Release(file.Name);
            return;
        }

        // While the lock is still held: later it would be the next holder's.
        LockHolder.Remove(LockHolder.PathFor(file));
        handle.Dispose();
    }

    private static DatabaseUnusableException NotFree(DatabaseFile file, TimeSpan timeout)
    {
        string holder = (file.IsInMemory ? null : LockHolder.Find(LockHolder.PathFor(file)))?.ToString() ?? "another migrator";
        return new(
            DatabaseProblem.Locked,
            file.Name,
            string.Create(
                CultureInfo.InvariantCulture,
                $"\"{file.Name}\" is being upgraded by {holder}, which had not finished after {timeout.TotalSeconds:0.###} seconds. "
                + $"Nothing was changed. Wait for it, or end that process: its lock goes with it. A longer {nameof(DatabaseMigratorOptions.LockTimeout)} waits longer."));
    }
}
