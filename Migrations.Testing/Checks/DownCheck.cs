using System.Collections.Immutable;
using System.Globalization;
using FluentMigrator;
using Migrations.Core;
using Migrations.Runner;
using Migrations.Runner.Status;

namespace Migrations.Testing.Checks;

/// <summary>Takes every migration back on a database without rows, and compares what is left with the version below.</summary>
internal sealed class DownCheck(CheckedHistory history, ImmutableArray<long> except)
{
    private const string WayOut =
        "Correct each Down so that it gives back what its Up changed. Where nothing can take it back, say so: "
        + $"{nameof(MigrationChecks.EveryDownGivesBackTheSchema)}(except: <version>).";

    public CheckOutcome Run()
    {
        ImmutableArray<MigrationCheckFailure>.Builder failures = ImmutableArray.CreateBuilder<MigrationCheckFailure>();
        foreach (KnownMigration migration in history.Known)
        {
            MigrationCheckFailure? failure;
            try
            {
                failure = Find(migration);
            }
            catch (UpgradeFailedException e)
            {
                // Later versions can't be reached either.
                failures.Add(history.Failure(e, "the Up fails on a database without rows."));
                break;
            }

            bool isExcepted = except.Contains(migration.Version);
            if (failure is null && isExcepted)
            {
                failures.Add(CheckedHistory.Failure(migration, "it is named as an exception, and its Down gives back the schema. Leave it out of the exceptions."));
            }
            else if (failure is not null && !isExcepted)
            {
                failures.Add(failure);
            }
        }

        failures.AddRange(except.Distinct().Where(version => history.Find(version) is null)
            .Select(version => new MigrationCheckFailure(version, null, "it is named as an exception, and there is no such migration. Leave it out of the exceptions.")));
        return new(nameof(MigrationChecks.EveryDownGivesBackTheSchema), failures.ToImmutable(), WayOut);
    }

    private MigrationCheckFailure? Find(KnownMigration migration)
    {
        long below = history.Before(migration.Version);
        using MigratedDatabase expected = history.At(below);
        using MigratedDatabase actual = history.At(migration.Version);
        try
        {
            actual.MigrateTo(below);
        }
        catch (UpgradeFailedException e)
        {
            return CheckedHistory.Failure(migration, HasNoDown(migration, e) ? "it has no Down." : "the Down fails.", ErrorLines.Of(e));
        }

        ImmutableArray<SchemaDifference> differences = history.Compare(expected.Connection, actual.Connection);
        return differences.IsEmpty
            ? null
            : CheckedHistory.Failure(
                migration,
                string.Create(CultureInfo.InvariantCulture, $"after the Down the schema is not that of version {below} (- as it was, + after Up and Down)."),
                DifferenceLines.Of(expected.Connection, actual.Connection, differences),
                differences);
    }

    private static bool HasNoDown(KnownMigration migration, UpgradeFailedException error) =>
        typeof(ForwardOnlyMigration).IsAssignableFrom(migration.Type)
        || error is { Statement: null, InnerException: NotSupportedException or NotImplementedException };
}
