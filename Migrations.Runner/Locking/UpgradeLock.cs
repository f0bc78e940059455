using System.Globalization;
using Migrations.Runner.Files;

namespace Migrations.Runner.Locking;

/// <summary>
/// The right to change a database, held by one process at a time: an exclusive lock on a file beside the database. The operating
/// system lets go of it when the process ends, however it ends; the file itself stays and means nothing.
/// </summary>
internal sealed class UpgradeLock : IDisposable
{
    private readonly FileStream stream;

    private UpgradeLock(FileStream stream) => this.stream = stream;

    public static string PathFor(DatabaseFile file) => file.Path + "-upgrade.lock";

    /// <summary>Takes the lock if nobody has it; null where somebody has.</summary>
    public static UpgradeLock? TryAcquire(DatabaseFile file)
    {
        try
        {
            return new(new FileStream(PathFor(file), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1));
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            return null;
        }
    }

    /// <summary>Takes the lock, waiting for whoever has it.</summary>
    /// <exception cref="DatabaseUnusableException">It was not free in time.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static UpgradeLock Acquire(DatabaseFile file, TimeSpan timeout, Action waiting, CancellationToken cancellationToken)
    {
        long started = TimeProvider.System.GetTimestamp();
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

            if (timeout != Timeout.InfiniteTimeSpan && TimeProvider.System.GetElapsedTime(started) >= timeout)
            {
                throw new DatabaseUnusableException(
                    DatabaseProblem.Locked,
                    file.Name,
                    string.Create(CultureInfo.InvariantCulture, $"\"{file.Name}\" is being upgraded by another process, which has not finished within {timeout.TotalSeconds:0.#} seconds."));
            }

            cancellationToken.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(50));
        }
    }

    public void Dispose() => stream.Dispose();
}
