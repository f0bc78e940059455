using System.Collections.Immutable;
using Migrations.Core;

namespace Migrations.Runner;

/// <summary>
/// A migration failed and was rolled back. <see cref="Exception.InnerException"/> is the first error, untouched; where that is about
/// the file, the disk or other connections, a <see cref="DatabaseUnusableException"/> with it. The database is at a whole version:
/// the last one of <see cref="Applied"/>, or the one before the upgrade where <see cref="IsRestored"/>. Only a migration that
/// runs without a transaction (FluentMigrator's <c>TransactionBehavior.None</c>) may leave a part of itself.
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
        Exception? restoreError,
        Exception innerException)
        : base(message, innerException)
    {
        Applied = applied;
        Failed = failed;
        Statement = statement;
        Backup = backup;
        IsRestored = isRestored;
        RestoreError = restoreError;
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

    /// <summary>Why the database could not be put back although it was to be; null where it was, or was not to be.</summary>
    public Exception? RestoreError { get; }
}
