using Microsoft.Data.Sqlite;
using Migrations.Benchmarks.Measuring;
using Migrations.Benchmarks.Results;
using Migrations.Core;

namespace Migrations.Benchmarks.Alterations;

/// <summary>One change, by this library and by its yardstick. Immutable.</summary>
internal sealed record AlterationCase(string Name, Goal Goal, Yardstick Yardstick, Action<TableAlterationBuilder> Alter)
{
    /// <summary>Which strategies this library may choose from.</summary>
    public RebuildMode Mode { get; init; } = RebuildMode.Auto;

    /// <summary>What is done to the file beforehand, which is not timed.</summary>
    public string? Preparation { get; init; }

    public void Prepare(SqliteConnection connection)
    {
        if (Preparation is { } sql)
        {
            connection.Execute(sql);
        }
    }

    /// <summary>Carries it out; returns how.</summary>
    public AlterationStrategy Run(SqliteConnection connection)
    {
        AlterationResult result = connection.AlterTable(AccountTable.Name, Alter, new AlterationOptions { Mode = Mode });
        return result.Plans.Max(plan => plan.Strategy);
    }
}
