using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Schema.Script;
using Migrations.Runner;
using Migrations.Runner.Status;
using Migrations.Testing.Checks.Rows;
using Migrations.Testing.Generation;

namespace Migrations.Testing.Checks;

/// <summary>
/// Upgrades databases with rows to the newest version, and compares them with one made anew: one that gets rows at the first version and
/// goes all the way at once, and one that goes step by step and gets more rows at every version, so that each step meets rows of all
/// earlier versions in all their tables and columns.
/// </summary>
internal sealed class UpgradeCheck(CheckedHistory history, GeneratedRows rows, Action<SqliteConnection>? fresh)
{
    private const string WayOut =
        "Correct the migrations that have not been released yet, or add one that brings both to the same schema.";

    // Enough for what is new in a table that has rows already.
    private const int FurtherRows = 2;

    private readonly ImmutableArray<MigrationCheckFailure>.Builder failures = ImmutableArray.CreateBuilder<MigrationCheckFailure>();

    public CheckOutcome Run()
    {
        try
        {
            using MigratedDatabase expected = Fresh();
            if (!IsDifferentWithoutRows(expected) && !history.Known.IsEmpty)
            {
                UpgradeAtOnce(expected);
                UpgradeByStep(expected);
            }
        }
        catch (UpgradeFailedException e)
        {
            failures.Add(history.Failure(e, CheckedHistory.FailsWithoutRows));
        }

        return new(nameof(MigrationChecks.FreshAndUpgradedMeanTheSame), failures.ToImmutable(), WayOut);
    }

    private MigratedDatabase Fresh()
    {
        MigratedDatabase database = fresh is null ? history.AtNewest() : history.At(0);
        try
        {
            fresh?.Invoke(database.Connection);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    // Where the application's own way makes another schema than the migrations there is no need for rows to see it.
    private bool IsDifferentWithoutRows(MigratedDatabase expected)
    {
        if (fresh is null)
        {
            return false;
        }

        using MigratedDatabase migrated = history.AtNewest();
        return AddDifferences(expected, migrated, "what the migrations make does not mean the same as a new database (- new, + migrations).");
    }

    private void UpgradeAtOnce(MigratedDatabase expected)
    {
        KnownMigration first = history.Known[0];
        using MigratedDatabase database = history.At(first.Version);
        try
        {
            RowGenerator.Fill(database.Connection, rows, after: null, database.HistoryTables);
            database.MigrateToLatest();
            AddDifferences(
                expected,
                database,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"a database with rows of version {first.Version}, upgraded to {history.Newest}, does not mean the same as a new one (- new, + upgraded)."));
        }
        catch (RowsNotFoundException e)
        {
            failures.Add(history.Failure(first.Version, e));
        }
        catch (UpgradeFailedException e)
        {
            failures.Add(history.Failure(e, string.Create(CultureInfo.InvariantCulture, $"the Up fails on a database with rows of version {first.Version}.")));
        }
    }

    private void UpgradeByStep(MigratedDatabase expected)
    {
        // What failed or differs after one way would do so after the other.
        if (failures.Count > 0)
        {
            return;
        }

        using MigratedDatabase database = history.At(0);
        KnownMigration? differing = null;
        long version = 0;
        try
        {
            foreach (KnownMigration migration in history.Known)
            {
                AddRows(database, version);
                database.MigrateTo(migration.Version);
                version = migration.Version;
                differing ??= IsAt(database, version) ? null : migration;
            }

            database.MigrateToLatest();
        }
        catch (RowsNotFoundException e)
        {
            failures.Add(history.Failure(version, e));
            return;
        }
        catch (UpgradeFailedException e)
        {
            failures.Add(history.Failure(e, "the Up fails on a database with rows of all earlier versions."));
            return;
        }

        AddDifferences(
            expected,
            database,
            string.Create(
                CultureInfo.InvariantCulture,
                $"a database with rows of all earlier versions, upgraded to {history.Newest}, does not mean the same as a new one (- new, + upgraded)."),
            differing);
    }

    private void AddRows(MigratedDatabase database, long version)
    {
        GeneratedRows missing = TableRows.ReadAll(database.Connection, history.IsOwn)
            .Where(table => table.Count > 0)
            .Aggregate(rows, (all, table) => all.Without(table.Name.Name));
        RowGenerator.Fill(database.Connection, missing, after: null, database.HistoryTables);
        try
        {
            RowGenerator.Fill(database.Connection, rows.Again(FurtherRows, unchecked(rows.Seed + (int)version)), after: null, database.HistoryTables);
        }
        catch (RowsNotFoundException)
        {
            // A table may take no more rows than it has, as one that holds a single row of settings.
        }
    }

    private bool IsAt(MigratedDatabase database, long version)
    {
        using MigratedDatabase without = history.At(version);
        return history.Compare(without.Connection, database.Connection).IsEmpty;
    }

    private bool AddDifferences(MigratedDatabase expected, MigratedDatabase actual, string problem, KnownMigration? migration = null)
    {
        ImmutableArray<SchemaDifference> differences = history.Compare(expected.Connection, actual.Connection);
        if (differences.IsEmpty)
        {
            return false;
        }

        failures.Add(new(
            migration?.Version,
            migration?.Type.FullName,
            migration is null ? problem : $"since this one {problem}",
            DifferenceLines.Of(expected.Connection, actual.Connection, differences),
            differences));
        return true;
    }
}
