using Migrations.Core;

namespace Migrations.Runner;

/// <summary>
/// A step of a migration that SQLite would ignore, or carry out in another way than it was written. It was not run; the
/// migration's transaction is rolled back, unless the message says that it was committed before.
/// </summary>
public sealed class MigrationRefusedException : MigrationsException
{
    internal MigrationRefusedException(string message, string? statement = null, Exception? innerException = null)
        : base(message, innerException) => Statement = statement;

    /// <summary>The statement or expression that was refused, null where none is to blame.</summary>
    public string? Statement { get; }
}
