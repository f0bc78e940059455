using System.Globalization;

namespace Migrations.Runner;

/// <summary>
/// How far an upgrade has come. Reported at every change of phase, migration or table, and every half second or so within a long
/// statement, on the thread that upgrades. Immutable.
/// </summary>
public sealed class UpgradeProgress
{
    internal UpgradeProgress(
        UpgradePhase phase,
        MigrationIdentity? migration = null,
        int number = 0,
        int count = 0,
        string? table = null,
        long? done = null,
        long? total = null)
    {
        Phase = phase;
        Migration = migration;
        Number = number;
        Count = count;
        Table = table;
        Done = done;
        Total = total;
    }

    /// <summary>What is being done.</summary>
    public UpgradePhase Phase { get; }

    /// <summary>The migration that runs, null outside of migrations.</summary>
    public MigrationIdentity? Migration { get; }

    /// <summary>The migration's place among those of this upgrade, from 1; 0 outside of migrations.</summary>
    public int Number { get; }

    /// <summary>How many migrations this upgrade runs.</summary>
    public int Count { get; }

    /// <summary>The table that is being altered, null where none is.</summary>
    public string? Table { get; }

    /// <summary>How many rows of the table, or pages of the database, are done; null where they are not counted.</summary>
    public long? Done { get; }

    /// <summary>How many rows or pages there are; null where they are not counted.</summary>
    public long? Total { get; }

    /// <summary>The progress in one line.</summary>
    public override string ToString()
    {
        string counted = Done is null ? "" : string.Create(CultureInfo.InvariantCulture, $" {Done} of {Total}");
        return Migration is null
            ? $"{Phase}{counted}"
            : string.Create(CultureInfo.InvariantCulture, $"{Phase} {Number}/{Count} {Migration}{(Table is null ? "" : $": {Table}{counted}")}");
    }
}
