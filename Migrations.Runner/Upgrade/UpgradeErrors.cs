using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Runner.Files;
using SQLitePCL;

namespace Migrations.Runner.Upgrade;

/// <summary>Finds in what was thrown what went wrong.</summary>
internal static class UpgradeErrors
{
    // A virtual table's content does not fit its index (rescode.html#corrupt_vtab): the file is as it should be.
    private const int CorruptVirtualTable = raw.SQLITE_CORRUPT | (1 << 8);

    /// <summary>The error itself, where FluentMigrator has put it into a plain <see cref="Exception"/> with the statement as its text.</summary>
    public static Exception Unwrap(Exception error) =>
        error is { InnerException: { } inner } && error.GetType() == typeof(Exception) ? Unwrap(inner) : error;

    /// <summary>The statement that an error names, null where it names none.</summary>
    public static string? StatementOf(Exception error) => Chain(error).Select(found => found switch
    {
        AlterationFailedException alteration => alteration.Statement,
        MigrationRefusedException refused => refused.Statement,
        _ => null,
    }).FirstOrDefault(statement => statement is not null);

    /// <summary>Whether an error comes of a cancellation.</summary>
    public static bool IsCancellation(Exception error, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
        && Chain(error).Any(found => found is OperationCanceledException or SqliteException { SqliteErrorCode: raw.SQLITE_INTERRUPT });

    /// <summary>Whether SQLite met a function or collation that nobody has registered on the connection. It has no code of its own for that.</summary>
    public static bool IsUnknownFunctionOrCollation(Exception error) => Chain(error).Any(found =>
        found is SqliteException or MigrationsException
        && (found.Message.Contains("no such function", StringComparison.Ordinal)
            || found.Message.Contains("unknown function", StringComparison.Ordinal)
            || found.Message.Contains("no such collation sequence", StringComparison.Ordinal)));

    /// <summary>What an error says about the file, the disk or other connections; null where it is about the migration.</summary>
    public static DatabaseUnusableException? Explain(DatabaseFile file, Exception error)
    {
        foreach (Exception found in Chain(error))
        {
            switch (found)
            {
                case DatabaseUnusableException unusable:
                    return unusable;

                // Not another connection's lock but this one's: a reader that the migration has left open.
                case SqliteException { SqliteErrorCode: raw.SQLITE_LOCKED } when !file.IsInMemory:
                case SqliteException { SqliteExtendedErrorCode: CorruptVirtualTable }:
                    return null;

                case SqliteException sqlite when FileDiagnosis.IsAboutFile(sqlite):
                    return FileDiagnosis.Explain(file, sqlite);
            }
        }

        return null;
    }

    private static IEnumerable<Exception> Chain(Exception error)
    {
        for (Exception? found = error; found is not null; found = found.InnerException)
        {
            yield return found;
        }
    }
}
