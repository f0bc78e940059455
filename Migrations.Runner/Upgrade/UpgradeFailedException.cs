using System.Collections.Immutable;
using Migrations.Core;

namespace Migrations.Runner;

/// <summary>
/// A migration failed and was rolled back. <see cref="Exception.InnerException"/> is the first error, untouched. The database is at
/// a whole version: the last one of <see cref="Applied"/>, or the one before the upgrade where <see cref="IsRestored"/>.
/// </summary>
public sealed class UpgradeFailedException : MigrationsException
{
    internal UpgradeFailedException(
        string message,
        ImmutableArray<MigrationResult> applied,
        MigrationIdentity? failed,
        string? statement,
        DatabaseBackup? backup,
        bool isRestored,
        Exception innerException)
        : base(message, innerException)
    {
        Applied = applied;
        Failed = failed;
        Statement = statement;
        Backup = backup;
        IsRestored = isRestored;
    }

    /// <summary>What had been run before, in order. It is still there unless <see cref="IsRestored"/>.</summary>
    public IReadOnlyList<MigrationResult> Applied { get; }

    /// <summary>The migration that failed, null where the failure was outside of migrations, as in the check afterwards.</summary>
    public MigrationIdentity? Failed { get; }

    /// <summary>The statement that failed, null where it is not known.</summary>
    public string? Statement { get; }

    /// <summary>The backup that was made before the first change, null where none was.</summary>
    public DatabaseBackup? Backup { get; }

    /// <summary>The path of <see cref="Backup"/>.</summary>
    public string? BackupPath => Backup?.Path;

    /// <summary>Whether the database was put back to what it was before the upgrade.</summary>
    public bool IsRestored { get; }
}
