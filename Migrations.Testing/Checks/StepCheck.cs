using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using Migrations.Core;
using Migrations.Core.Authoring;
using Migrations.Core.Schema.Script;
using Migrations.Runner;
using Migrations.Runner.Status;
using Migrations.Testing.Checks.Rows;
using Migrations.Testing.Generation;

namespace Migrations.Testing.Checks;

/// <summary>Takes every migration up and down again on a database with rows, and looks at what that did to them.</summary>
internal sealed class StepCheck(CheckedHistory history, GeneratedRows rows, ImmutableArray<long> exceptDowns)
{
    private const string WayOut =
        $"Correct the migrations. If a migration can't meet such rows in any real database, give the rows that it can: "
        + $"{nameof(MigrationChecks.On)}(new {nameof(GeneratedRows)}().{nameof(GeneratedRows.With)}(...)). If rows go on purpose, say [LosesData(\"why\")]. "
        + $"If a Down can't take the rows of its Up, name its version: {nameof(MigrationChecks.EveryStepWorksOnRows)}(exceptDowns: <version>).";

    public CheckOutcome Run() => new(
        nameof(MigrationChecks.EveryStepWorksOnRows), [.. history.ForEach(Find), .. history.Unknown(exceptDowns)], WayOut);

    private List<MigrationCheckFailure> Find(KnownMigration migration)
    {
        long below = history.Before(migration.Version);
        using MigratedDatabase database = history.At(below);
        using MigratedDatabase above = history.At(migration.Version);
        try
        {
            RowGenerator.Fill(database.Connection, rows, above);
        }
        catch (RowsNotFoundException e)
        {
            return [history.Failure(below, e)];
        }

        DatabaseHealth health = DatabaseHealth.Read(database.Connection);
        ImmutableArray<TableRows> before = TableRows.ReadAll(database.Connection, history.IsOwn);
        try
        {
            database.MigrateTo(migration.Version);
        }
        catch (UpgradeFailedException e)
        {
            return [CheckedHistory.Failure(migration, "the Up fails on a database with rows.", ErrorLines.Of(e))];
        }

        ImmutableArray<Loss> losses = RowLosses(before, TableRows.ReadAll(database.Connection, history.IsOwn));
        ImmutableArray<SchemaDifference> differences = history.Compare(above.Connection, database.Connection);
        DatabaseHealth healthAfter = DatabaseHealth.Read(database.Connection);
        List<MigrationCheckFailure> failures = [];
        if (!differences.IsEmpty)
        {
            failures.Add(CheckedHistory.Failure(
                migration,
                "the Up makes another schema of a database with rows (- without rows, + with rows).",
                DifferenceLines.Of(above.Connection, database.Connection, differences),
                differences));
        }

        Add(failures, migration, "the Up leaves a database that is not in order.", healthAfter.NewSince(health));
        if (!migration.Type.IsDefined(typeof(LosesDataAttribute)))
        {
            Add(failures, migration, "the Up loses rows and does not say so.", [.. losses.SelectMany(loss => loss.Lines)]);
        }

        if (MigrationDown.IsThere(migration))
        {
            AddDown(failures, migration, database, below, before, losses, healthAfter);
        }

        return failures;
    }

    private void AddDown(
        List<MigrationCheckFailure> failures,
        KnownMigration migration,
        MigratedDatabase database,
        long below,
        ImmutableArray<TableRows> before,
        ImmutableArray<Loss> losses,
        DatabaseHealth health)
    {
        bool isExcepted = exceptDowns.Contains(migration.Version);
        try
        {
            database.MigrateTo(below);
        }
        catch (UpgradeFailedException e)
        {
            if (!isExcepted && !MigrationDown.IsMissing(migration, e.Statement, e.InnerException))
            {
                failures.Add(CheckedHistory.Failure(migration, "the Down fails on the rows that the Up left.", ErrorLines.Of(e)));
            }

            return;
        }

        if (isExcepted)
        {
            failures.Add(CheckedHistory.Failure(migration, "it is named as an exception, and its Down takes the rows. Leave it out of the exceptions."));
        }

        Add(failures, migration, "the Down leaves a database that is not in order.", DatabaseHealth.Read(database.Connection).NewSince(health));

        // What the Up had lost the Down can't bring back; what it had added the Down has to take away.
        ImmutableArray<Loss> downLosses = [.. RowLosses(before, TableRows.ReadAll(database.Connection, history.IsOwn))
            .Where(loss => losses.All(lost => lost.Table != loss.Table || lost.Count < loss.Count))];
        Add(
            failures,
            migration,
            string.Create(CultureInfo.InvariantCulture, $"the Down loses rows that were there at version {below}."),
            [.. downLosses.SelectMany(loss => loss.Lines)]);
    }

    private static ImmutableArray<Loss> RowLosses(ImmutableArray<TableRows> before, ImmutableArray<TableRows> after) =>
        [.. LossSearch.Find(before, after).Where(loss => loss.Kind is LossKind.Table or LossKind.Rows)];

    private static void Add(List<MigrationCheckFailure> failures, KnownMigration migration, string problem, ImmutableArray<string> lines)
    {
        if (!lines.IsEmpty)
        {
            failures.Add(CheckedHistory.Failure(migration, problem, lines));
        }
    }
}
