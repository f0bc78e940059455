using Microsoft.Extensions.Logging;

namespace Migrations.Runner.Backup;

/// <summary>What backups log.</summary>
internal static partial class BackupLog
{
    [LoggerMessage(100, LogLevel.Information, "Backed {Database} up to {Path}: {Size} bytes in {Milliseconds} ms.")]
    public static partial void Made(ILogger logger, string database, string path, long size, double milliseconds);

    [LoggerMessage(101, LogLevel.Warning, "The backup {Path} is an exact copy, and SQLite finds in it what it found in the database: {Findings}")]
    public static partial void Findings(ILogger logger, string path, string findings);

    [LoggerMessage(102, LogLevel.Warning, "The backup {Path} could not be checked in these tables, because their definitions use a collation or function that the connection does not know: {Tables}. Register them in ConnectionOpened.")]
    public static partial void Unchecked(ILogger logger, string path, string tables);

    [LoggerMessage(103, LogLevel.Information, "Deleted the old backup {Path}.")]
    public static partial void Pruned(ILogger logger, string path);

    [LoggerMessage(104, LogLevel.Warning, "The old backup {Path} could not be deleted.")]
    public static partial void NotPruned(ILogger logger, string path, Exception exception);

    [LoggerMessage(105, LogLevel.Information, "Removed {Path}, which an interrupted backup had left.")]
    public static partial void LeftoverRemoved(ILogger logger, string path);

    [LoggerMessage(106, LogLevel.Warning, "{Path}, which an interrupted backup has left, could not be removed.")]
    public static partial void LeftoverStays(ILogger logger, string path, Exception exception);

    [LoggerMessage(107, LogLevel.Information, "Restored {Database} from {Path} in {Milliseconds} ms.")]
    public static partial void Restored(ILogger logger, string database, string path, double milliseconds);

    [LoggerMessage(108, LogLevel.Warning, "{Database} is damaged; what is left of it was put aside as {Path}.")]
    public static partial void SetAside(ILogger logger, string database, string path);

    [LoggerMessage(109, LogLevel.Information, "Emptied {Database}, which was new before the upgrade.")]
    public static partial void Emptied(ILogger logger, string database);

    [LoggerMessage(110, LogLevel.Warning, "The old backups of {Database} could not be listed, so none was deleted.")]
    public static partial void NotListed(ILogger logger, string database, Exception exception);
}
