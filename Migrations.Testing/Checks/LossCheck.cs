using System.Collections.Immutable;
using System.Reflection;
using Migrations.Core.Authoring;
using Migrations.Runner;
using Migrations.Runner.Status;
using Migrations.Testing.Checks.Rows;
using Migrations.Testing.Generation;

namespace Migrations.Testing.Checks;

/// <summary>Looks at what every Up loses of generated rows, and whether the migration says so.</summary>
internal sealed class LossCheck(CheckedHistory history, GeneratedRows rows)
{
    private const string WayOut =
        "Keep the data, as by converting it into what comes instead; or, if it may go, say so at the class: [LosesData(\"why\")].";

    // Values that collide, as by rounding, are rare among few.
    private const int MoreRows = 5;

    private static readonly ImmutableArray<int> FurtherSeeds = [1, 2];

    public CheckOutcome Run() => new(
        nameof(MigrationChecks.LossesAreDeclared), history.ForEach(migration => Find(migration) is { } failure ? [failure] : []), WayOut);

    private MigrationCheckFailure? Find(KnownMigration migration)
    {
        LosesDataAttribute? declared = migration.Type.GetCustomAttribute<LosesDataAttribute>(inherit: false);
        try
        {
            ImmutableArray<Loss> losses = Losses(migration, rows);
            if (declared is null)
            {
                return losses.IsEmpty
                    ? null
                    : CheckedHistory.Failure(migration, "it loses data and does not say so.", [.. losses.SelectMany(loss => loss.Lines)]);
            }

            return !losses.IsEmpty || FurtherSeeds.Any(seed => !Losses(migration, rows.Again(rows.PerTable * MoreRows, rows.Seed + seed)).IsEmpty)
                ? null
                : CheckedHistory.Failure(
                    migration,
                    "it says that it loses data, and loses none in any generated rows. Take [LosesData] away, or give the rows in which it does: "
                    + $"{nameof(MigrationChecks.On)}(new {nameof(GeneratedRows)}().{nameof(GeneratedRows.With)}(...)).",
                    [$"[LosesData(\"{declared.Reason}\")]"]);
        }
        catch (RowsNotFoundException e)
        {
            return history.Failure(history.Before(migration.Version), e);
        }
    }

    private ImmutableArray<Loss> Losses(KnownMigration migration, GeneratedRows filled)
    {
        using MigratedDatabase database = history.At(history.Before(migration.Version));
        using MigratedDatabase above = history.At(migration.Version);
        RowGenerator.Fill(database.Connection, filled, above);
        ImmutableArray<TableRows> before = TableRows.ReadAll(database.Connection, history.IsOwn);
        try
        {
            database.MigrateTo(migration.Version);
        }
        catch (UpgradeFailedException)
        {
            // That a step fails on rows is told by the check of steps; what fails loses nothing.
            return [];
        }

        return LossSearch.Find(before, TableRows.ReadAll(database.Connection, history.IsOwn));
    }
}
