using Migrations.Core;

namespace Migrations.Runner;

/// <summary>
/// The database can't be read or written: it is missing its folder, is no database, damaged, locked, read-only, or the disk is
/// full. Nothing was changed.
/// </summary>
public sealed class DatabaseUnusableException : MigrationsException
{
    internal DatabaseUnusableException(DatabaseProblem problem, string database, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Problem = problem;
        Database = database;
    }

    /// <summary>What is wrong.</summary>
    public DatabaseProblem Problem { get; }

    /// <summary>The path of the database, or of the backup, that is meant.</summary>
    public string Database { get; }
}
