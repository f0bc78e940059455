using System.Collections.Immutable;
using System.Text;

namespace Migrations.Runner;

/// <summary>
/// What an upgrade would do, found out on a copy of the schema in memory that has no rows. So rows that an upgrade would refuse are
/// not found, nor what statements make of rows. Immutable.
/// </summary>
public sealed class UpgradePlan
{
    internal UpgradePlan(DatabaseStatus status, ImmutableArray<PlannedMigration> migrations, ImmutableArray<string> missing, Exception? error)
    {
        Status = status;
        Migrations = migrations;
        Missing = missing;
        Error = error;
    }

    /// <summary>What the database holds now.</summary>
    public DatabaseStatus Status { get; }

    /// <summary>
    /// The migrations, in the order in which they would run; empty where nothing is pending, and where the upgrade
    /// would be refused before the first one. Where <see cref="Error"/> is set the last one is the one that would fail.
    /// </summary>
    public IReadOnlyList<PlannedMigration> Migrations { get; }

    /// <summary>
    /// What the copy of the schema lacks, and why: mostly for functions and collations that are not registered
    /// (<see cref="DatabaseMigratorOptions.ConnectionOpened"/>). Where it is not empty, the plan may differ from the upgrade.
    /// </summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>
    /// What the upgrade would throw: an <see cref="UpgradeRefusedException"/> or a <see cref="DatabaseUnusableException"/> before the first
    /// migration, or what would fail the last one of <see cref="Migrations"/>, as the schema says; null where nothing is known to fail.
    /// </summary>
    public Exception? Error { get; }

    /// <summary>Whether <see cref="Missing"/> has a table, of which can't be said what is lost.</summary>
    internal bool LacksTable { get; init; }

    /// <summary>The size of the backup that the upgrade makes first; 0 where it makes none.</summary>
    internal long BackupBytes { get; init; }

    /// <summary>The folder of the database; null where it has none.</summary>
    internal string? Folder { get; init; }

    /// <summary>The folder of backups; null where none is made.</summary>
    internal string? BackupFolder { get; init; }

    /// <summary>The plan as SQL that runs as it stands, with comments.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        PlannedMigration.Comment(text, Status.Message);
        if (Error is not null && Migrations.Count == 0)
        {
            PlannedMigration.Comment(text, Error.Message);
        }

        foreach (string missing in Missing)
        {
            PlannedMigration.Comment(text, $"not in the copy of the schema: {missing}");
        }

        foreach (PlannedMigration migration in Migrations)
        {
            text.AppendLine().Append(migration);
        }

        return text.ToString();
    }
}
