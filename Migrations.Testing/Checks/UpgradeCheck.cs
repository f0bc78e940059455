using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Runner;
using Migrations.Runner.Status;

namespace Migrations.Testing.Checks;

/// <summary>Upgrades a database of each version to the newest, and compares it with one made anew.</summary>
internal sealed class UpgradeCheck(CheckedHistory history, Action<SqliteConnection>? fresh)
{
    private const string WayOut =
        "Correct the migrations that have not been released yet, or add one that brings both to the same schema.";

    public CheckOutcome Run()
    {
        List<(string Problem, List<long> Versions, MigrationCheckFailure Failure)> found = [];
        try
        {
            using MigratedDatabase expected = Fresh();
            foreach (long version in Versions())
            {
                if (Find(expected, version) is { } failure)
                {
                    Add(found, version, failure);
                }
            }
        }
        catch (UpgradeFailedException e)
        {
            return Outcome([history.Failure(e, "the Up fails on a database without rows.")]);
        }

        return Outcome([.. found.Select(one => new MigrationCheckFailure(
            one.Failure.Version, one.Failure.Migration, $"{Databases(one.Versions)} {one.Problem}", [.. one.Failure.Details], [.. one.Failure.Differences]))]);
    }

    private static CheckOutcome Outcome(ImmutableArray<MigrationCheckFailure> failures) =>
        new(nameof(MigrationChecks.FreshAndUpgradedMeanTheSame), failures, WayOut);

    // An application's own way may already differ from what the migrations make without any rows.
    private IEnumerable<long> Versions()
    {
        if (fresh is not null && !history.Known.IsEmpty)
        {
            yield return 0;
        }

        foreach (KnownMigration migration in history.Known.SkipLast(1))
        {
            yield return migration.Version;
        }
    }

    private MigratedDatabase Fresh()
    {
        MigratedDatabase database = history.At(fresh is null ? history.Newest : 0);
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

    private MigrationCheckFailure? Find(MigratedDatabase expected, long version)
    {
        using MigratedDatabase actual = history.At(version);
        try
        {
            actual.MigrateTo(history.Newest);
        }
        catch (UpgradeFailedException e)
        {
            return history.Failure(e, string.Create(CultureInfo.InvariantCulture, $"can't be upgraded to version {history.Newest}."));
        }

        ImmutableArray<SchemaDifference> differences = history.Compare(expected.Connection, actual.Connection);
        return differences.IsEmpty
            ? null
            : new(
                null,
                null,
                string.Create(CultureInfo.InvariantCulture, $"upgraded to version {history.Newest} don't mean the same as a new database (- new, + upgraded)."),
                DifferenceLines.Of(expected.Connection, actual.Connection, differences),
                differences);
    }

    private static void Add(List<(string Problem, List<long> Versions, MigrationCheckFailure Failure)> found, long version, MigrationCheckFailure failure)
    {
        (string _, List<long>? versions, _) = found.Find(one =>
            one.Failure.Version == failure.Version && one.Problem == failure.Problem && one.Failure.Details.SequenceEqual(failure.Details));
        if (versions is null)
        {
            found.Add((failure.Problem, [version], failure));
        }
        else
        {
            versions.Add(version);
        }
    }

    private static string Databases(List<long> versions) => versions switch
    {
        [0] => "databases made by the migrations,",
        [var one] => string.Create(CultureInfo.InvariantCulture, $"databases of version {one},"),
        _ => $"databases of the versions {string.Join(", ", versions)},",
    };
}
