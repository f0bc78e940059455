using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Schema.Comparison;
using Migrations.Core.Schema.Script;
using Migrations.Core.Syntax;
using Migrations.Runner.Connections;
using Migrations.Runner.Files;
using Migrations.Runner.History;
using Migrations.Runner.Status;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.Rehearsal;

/// <summary>Takes one migration back on a copy that has it applied, applies it again, and compares what is there each time with what was.</summary>
internal sealed class RoundTrip(
    MigratorSettings settings, DatabaseFile guarded, KnownMigration known, CancellationToken cancellationToken)
{
    private readonly ImmutableHashSet<SqlIdentifier> ownTables = VersionHistory.TablesOf(settings.Modules);
    private readonly ImmutableArray<RehearsalFinding>.Builder findings = ImmutableArray.CreateBuilder<RehearsalFinding>();

    /// <summary>Goes down and up.</summary>
    /// <param name="up">How the migration went in the upgrade.</param>
    /// <param name="before">The database before the migration.</param>
    /// <param name="after">The database after it.</param>
    /// <param name="trip">A copy of the latter, which is changed, on connections that reach no other file.</param>
    /// <param name="progress">Told by the direction, "down" and "up again", what is being done.</param>
    public RehearsedMigration Run(
        MigrationResult up, DatabaseFile before, DatabaseFile after, DatabaseFile trip, Func<string, Action<UpgradeProgress>> progress)
    {
        MigrationStep step = new(settings, guarded, cancellationToken);
        StepOutcome down = step.Run(up.Migration, isUp: false, progress("down"));
        if (down.Error is not null)
        {
            bool isMissing = MigrationDown.IsMissing(known, down.Statement, down.Error);
            Add(isMissing ? RehearsalFindingKind.Irreversible : RehearsalFindingKind.DownFails, isMissing, down.ErrorLines);
            return Result(up, null, null);
        }

        Compare(before, trip, RehearsalFindingKind.SchemaAfterDown, RehearsalFindingKind.RowsAfterDown, "after Down");
        StepOutcome again = step.Run(up.Migration, isUp: true, progress("up again"));
        if (again.Error is not null)
        {
            Add(RehearsalFindingKind.UpAgainFails, isExpected: false, again.ErrorLines);
            return Result(up, down.Duration, null);
        }

        Compare(after, trip, RehearsalFindingKind.SchemaAfterUpAgain, RehearsalFindingKind.RowsAfterUpAgain, "after Up again");
        return Result(up, down.Duration, again.Duration);
    }

    private void Compare(DatabaseFile expected, DatabaseFile actual, RehearsalFindingKind schema, RehearsalFindingKind rows, string moment)
    {
        ImmutableArray<string> differences = SchemaDifferences(expected, actual);
        if (!differences.IsEmpty)
        {
            Add(schema, isExpected: false, differences);
        }

        ImmutableArray<string> values = RowComparison.Compare(expected, actual, ownTables.Contains, moment, cancellationToken);
        if (!values.IsEmpty)
        {
            // What Up has lost no Down can give back.
            Add(rows, isExpected: known.Loses is not null, values);
        }
    }

    private ImmutableArray<string> SchemaDifferences(DatabaseFile expected, DatabaseFile actual)
    {
        using SqliteConnection wanted = OpenToRead(expected);
        using SqliteConnection found = OpenToRead(actual);
        ImmutableArray<SchemaDifference> differences = SchemaComparison.Compare(wanted, found, ownTables.Contains);
        return differences.IsEmpty ? [] : DifferenceLines.Of(wanted, found, differences);
    }

    private static SqliteConnection OpenToRead(DatabaseFile file)
    {
        SqliteConnection connection = file.Open(SqliteOpenMode.ReadWrite);
        connection.Execute("PRAGMA query_only = ON");
        return connection;
    }

    private void Add(RehearsalFindingKind kind, bool isExpected, ImmutableArray<string> lines) => findings.Add(new(kind, isExpected, lines));

    private RehearsedMigration Result(MigrationResult up, TimeSpan? down, TimeSpan? again) => new(up, down, again, known.Loses, findings.ToImmutable());
}
