using System.Collections.Immutable;
using System.Globalization;
using Migrations.Core;
using Migrations.Core.Schema.Script;
using Migrations.Runner;
using Migrations.Runner.Status;

namespace Migrations.Testing.Checks;

/// <summary>Takes every migration back on a database without rows, and compares what is left with the version below.</summary>
internal sealed class DownCheck(CheckedHistory history, ImmutableArray<long> except)
{
    private const string WayOut =
        "Correct each Down so that it gives back what its Up changed. Where nothing can take it back, say so: "
        + $"{nameof(MigrationChecks.EveryDownGivesBackTheSchema)}(except: <version>).";

    public CheckOutcome Run() => new(
        nameof(MigrationChecks.EveryDownGivesBackTheSchema), [.. history.ForEach(Judge), .. history.Unknown(except)], WayOut);

    private IEnumerable<MigrationCheckFailure> Judge(KnownMigration migration)
    {
        MigrationCheckFailure? failure = Find(migration);
        if (!except.Contains(migration.Version))
        {
            return failure is null ? [] : [failure];
        }

        return failure is null
            ? [CheckedHistory.Failure(migration, "it is named as an exception, and its Down gives back the schema. Leave it out of the exceptions.")]
            : [];
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
            return CheckedHistory.Failure(migration, MigrationDown.IsMissing(migration, e.Statement, e.InnerException) ? "it has no Down." : "the Down fails.", ErrorLines.Of(e));
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
}
