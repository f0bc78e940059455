using Microsoft.Extensions.Logging;

namespace Migrations.Runner;

/// <summary>What the runner logs beside FluentMigrator's own messages.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1, LogLevel.Error, "Rolling the migration back failed; the error that led to it is reported by the migration.")]
    public static partial void RollbackFailed(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "Foreign keys could not be switched on again after the migration.")]
    public static partial void ForeignKeysNotRestored(ILogger logger, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "Preview: the {Type} {Name} is missing from the copy of the schema that the preview runs on: {Reason}")]
    public static partial void NotInPreview(ILogger logger, string type, string name, string reason);

    [LoggerMessage(4, LogLevel.Warning, "Preview: not tried, because the copy of the schema is not complete or the statement reaches outside of it: {Reason}")]
    public static partial void NotTried(ILogger logger, string reason);

    [LoggerMessage(5, LogLevel.Error, "Preview: the statement fails on the copy of the schema, which has no rows: {Reason}")]
    public static partial void FailedInPreview(ILogger logger, string reason);

    [LoggerMessage(6, LogLevel.Warning, "The column {Column} of {Table} is an identity without being the primary key. SQLite numbers rows only by an INTEGER PRIMARY KEY, so the column gets no numbers.")]
    public static partial void IdentityIgnored(ILogger logger, string column, string table);
}
