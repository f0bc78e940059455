using Microsoft.Extensions.Logging;
using Migrations.Core;

namespace Migrations.Runner.Upgrade;

/// <summary>What an upgrade logs, beside FluentMigrator's own messages.</summary>
internal static partial class UpgradeLog
{
    [LoggerMessage(200, LogLevel.Information, "Another migrator upgrades {Database}; waiting for it.")]
    public static partial void Waiting(ILogger logger, string database);

    [LoggerMessage(201, LogLevel.Information, "Upgrading {Database}: {Count} migrations, from {From}.")]
    public static partial void Started(ILogger logger, string database, int count, string from);

    [LoggerMessage(203, LogLevel.Information, "Migration {Migration} ({Number} of {Count}, {Direction}) started.")]
    public static partial void MigrationStarted(ILogger logger, MigrationIdentity migration, int number, int count, string direction);

    [LoggerMessage(204, LogLevel.Information, "Migration {Migration} ({Direction}) done in {Duration}.")]
    public static partial void MigrationDone(ILogger logger, MigrationIdentity migration, string direction, TimeSpan duration);

    [LoggerMessage(205, LogLevel.Information, "Table {Table} altered ({Strategy}, {Copied} rows copied, {Updated} rows updated) in {Duration}.")]
    public static partial void Altered(ILogger logger, string table, AlterationStrategy strategy, long copied, long updated, TimeSpan duration);

    [LoggerMessage(206, LogLevel.Information, "{Database} upgraded: {Count} migrations, now {To}, in {Duration}.")]
    public static partial void Finished(ILogger logger, string database, int count, string to, TimeSpan duration);

    [LoggerMessage(207, LogLevel.Debug, "{Database} is up to date: {Version}.")]
    public static partial void NothingPending(ILogger logger, string database, string version);

    [LoggerMessage(208, LogLevel.Warning, "Migrations of {Database} mean something else now than when they were applied: {Migrations}.")]
    public static partial void Edited(ILogger logger, string database, string migrations);

    [LoggerMessage(209, LogLevel.Information, "Checking {Database}.")]
    public static partial void Checking(ILogger logger, string database);

    [LoggerMessage(211, LogLevel.Warning, "Putting back {Database} as it was before the upgrade.")]
    public static partial void Restoring(ILogger logger, string database);

    [LoggerMessage(213, LogLevel.Critical, "{Database} could not be put back as it was before the upgrade.")]
    public static partial void RestoreFailed(ILogger logger, Exception exception, string database);

    [LoggerMessage(214, LogLevel.Warning, "The upgrade of {Database} was refused: {Reason}")]
    public static partial void Refused(ILogger logger, string database, string reason);

    [LoggerMessage(215, LogLevel.Error, "The upgrade of {Database} failed.")]
    public static partial void Failed(ILogger logger, Exception exception, string database);

    [LoggerMessage(216, LogLevel.Warning, "The upgrade of {Database} was cancelled: {Reason}")]
    public static partial void Cancelled(ILogger logger, string database, string reason);

    [LoggerMessage(218, LogLevel.Warning, "The application's progress callback failed; it is not called again in this upgrade.")]
    public static partial void ProgressFailed(ILogger logger, Exception exception);

    [LoggerMessage(219, LogLevel.Error, "{Database} can't be used.")]
    public static partial void Unusable(ILogger logger, Exception exception, string database);
}
