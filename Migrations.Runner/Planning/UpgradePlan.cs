using System.Collections.Immutable;
using System.Text;

namespace Migrations.Runner;

/// <summary>What an upgrade would do, found out on an empty copy of the schema in memory. Immutable.</summary>
public sealed class UpgradePlan
{
    internal UpgradePlan(DatabaseStatus status, ImmutableArray<PlannedMigration> migrations)
    {
        Status = status;
        Migrations = migrations;
    }

    /// <summary>What the database holds now.</summary>
    public DatabaseStatus Status { get; }

    /// <summary>The migrations, in the order in which they would run; empty where nothing is pending.</summary>
    public IReadOnlyList<PlannedMigration> Migrations { get; }

    /// <summary>The plan as SQL with comments.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append("-- ").AppendLine(Status.Message);
        foreach (PlannedMigration migration in Migrations)
        {
            text.AppendLine().Append(migration);
        }

        return text.ToString();
    }
}
