using System.Collections.Immutable;
using System.Data;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Migrations.Core.Alteration.Execution;
using Migrations.Core.Alteration.Planning;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Schema.Comparison;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration;

/// <summary>Carries out the changes of one table: reads the schema, plans, executes, checks.</summary>
internal static class TableAlterer
{
    /// <summary>
    /// Alters a table. Outside a transaction it switches foreign keys off where a copy may be needed, and begins and commits its own
    /// transaction; inside one it works in a savepoint, and refuses what would make SQLite's enforced foreign keys act on rows.
    /// On any error, and when it is cancelled, everything is as it was before.
    /// </summary>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    public static AlterationResult Alter(
        SqliteConnection connection, SqlIdentifier table, IReadOnlyList<TableChange> changes, AlterationOptions options)
    {
        if (connection.State != ConnectionState.Open)
        {
            throw new InvalidOperationException("The connection is not open. Open it before altering a table.");
        }

        SqliteVersion.Require(SqliteVersion.Current);
        long started = Stopwatch.GetTimestamp();
        AlterationSession session = new(connection, table, options);
        return session.Watch.Run(() => Alter(session, changes, options, started));
    }

    private static AlterationResult Alter(AlterationSession session, IReadOnlyList<TableChange> changes, AlterationOptions options, long started)
    {
        bool ownsTransaction = !session.IsInTransaction;
        ConnectionSettings settings = ConnectionSettings.Capture(session);
        bool isDone = false;
        return FirstError.Of(
            () =>
            {
                bool mayCopy = options.AllowedStrategies == Strategies.Copy || AlterationPlanner.MayCopy(changes, options.AllowedStrategies, CapabilitiesOf(settings, options));
                if (ownsTransaction && mayCopy)
                {
                    settings.SwitchForeignKeysOff();
                }

                AlterationResult result = RunAsRefused(null);
                isDone = true;
                return result;
            },
            () =>
            {
                session.Watch.Finish();
                settings.Restore(isDone);
            });

        AlterationResult RunAsRefused(NativeAlterationRefusedException? refused)
        {
            Strategies strategies = refused is null ? options.AllowedStrategies : options.AllowedStrategies & ~Strategies.Native;
            if (ownsTransaction && refused is not null && strategies.HasFlag(Strategies.Copy))
            {
                settings.SwitchForeignKeysOff();
            }

            try
            {
                return refused is not null && strategies == Strategies.None
                    ? throw refused.Refusal
                    : new AlterationTransaction(session, ownsTransaction).Run(() => Run(session, settings, changes, options, strategies, refused, started));
            }
            catch (NativeAlterationRefusedException e) when (refused is null)
            {
                return RunAsRefused(e);
            }
            catch (AlterationRefusedException) when (refused is not null && !strategies.HasFlag(Strategies.Copy))
            {
                // That a copy is forbidden says less than why SQLite refused.
                throw refused.Refusal;
            }
        }
    }

    /// <summary>What can be known before the schema is read.</summary>
    private static Capabilities CapabilitiesOf(ConnectionSettings settings, AlterationOptions options) => new(
        SqliteVersion.Current, options.CanEditSchema ?? settings.CanEditSchema(options.Database), SqliteVersion.TrimsNulls, CompilesWhole: false);

    private static void RequireDatabase(AlterationSession session, SqlIdentifier database)
    {
        if (session.Count($"SELECT count(*) FROM pragma_database_list WHERE name = {SqlText.Literal(database.Name)} COLLATE NOCASE") == 0)
        {
            string names = session.Run(
                "SELECT group_concat(quote(name), ', ') FROM pragma_database_list", command => (string)command.ExecuteScalar()!);
            throw new AlterationRefusedException(
                session.Table.Name, $"The connection has no database {database}; it has {names}. Attach it first, or correct the name.", database.Name);
        }
    }

    /// <summary>Without a journal ROLLBACK is undefined, and a failure half-way would be final (pragma.html, journal_mode).</summary>
    private static void RequireRollback(AlterationSession session, SqlIdentifier database)
    {
        string mode = session.Run($"PRAGMA {database.Quoted}.journal_mode", command => (string)command.ExecuteScalar()!);
        if (string.Equals(mode, "off", StringComparison.OrdinalIgnoreCase))
        {
            throw new AlterationRefusedException(
                session.Table.Name, $"Altering table {session.Table} was refused: the journal mode of database {database} is OFF, so nothing could be rolled back. "
                + "Set another one before altering a table: PRAGMA journal_mode=DELETE or WAL.");
        }
    }

    private static AlterationResult Run(
        AlterationSession session, ConnectionSettings settings, IReadOnlyList<TableChange> changes, AlterationOptions options, Strategies strategies,
        NativeAlterationRefusedException? refused, long started)
    {
        try
        {
            return RunPasses(session, settings, changes, options, strategies, refused, started);
        }
        catch (SqliteException e)
        {
            throw session.Failed(null, e);
        }
    }

    private static AlterationResult RunPasses(
        AlterationSession session, ConnectionSettings settings, IReadOnlyList<TableChange> changes, AlterationOptions options, Strategies strategies,
        NativeAlterationRefusedException? refused, long started)
    {
        SqlIdentifier database = options.Database;
        SqlIdentifier table = session.Table;
        RequireDatabase(session, database);
        PassExecutor executor = new(session, settings, database);
        ImmutableArray<PlannedPass>.Builder passes = ImmutableArray.CreateBuilder<PlannedPass>();
        PassOutcome outcome = default;

        // Step 2: what is there is read inside the transaction, so that nobody changes it in between.
        DatabaseSchema schema = SchemaReader.Read(session.Connection, database);
        SchemaCompilation before = SchemaCompilation.Read(session, schema);
        bool hasWritten = false;
        Capabilities capabilities = CapabilitiesOf(settings, options) with { CompilesWhole = before.Describe() is null };
        PlanningOptions planning = new(strategies, capabilities, settings.ForeignKeysAreEnforced, options.ChecksForeignKeys)
        {
            NativeRefusal = refused?.Refusal.InnerException?.Message,
        };
        TableSize? size = null;
        do
        {
            PlannedPass pass = AlterationPlanner.PlanNext(schema, table, changes, planning);
            if (pass.Plan.Cost.Access != RowAccess.None)
            {
                TableSize known = size ??= TableSize.Read(session.Connection, database, pass.Table);
                pass = pass with { Plan = pass.Plan.With(pass.Plan.Cost.For(known.Rows, known.Pages)) };
            }

            passes.Add(pass);
            if (pass.Plan.Strategy != AlterationStrategy.None)
            {
                TableSchema current = schema.FindTable(table)!;
                SchemaCrossCheck.Check(session.Connection, schema, current);
                RequireRollback(session, database);
                hasWritten = true;
                outcome += Execute(session, executor, database, pass, current, before, options.ChecksForeignKeys);
                schema = SchemaReader.Read(session.Connection, database);
                if (pass.Expected is { } expected)
                {
                    Verify(session, schema, pass, expected);
                }
            }

            Debug.Assert(pass.Rest.Length < Math.Max(changes.Count, 1), "Every pass takes a change.");
            table = pass.Table;
            changes = pass.Rest;
        }
        while (changes.Count > 0);

        if (hasWritten)
        {
            SchemaCompilation.Read(session, schema).RefuseNewErrors(session, schema, before, table);
        }

        return new AlterationResult(
            database.Name, session.Table.Name, [.. passes.Select(pass => pass.Plan)], outcome.RowsCopied, outcome.RowsUpdated, Stopwatch.GetElapsedTime(started))
        {
            Passes = passes.ToImmutable(),
        };
    }

    private static PassOutcome Execute(
        AlterationSession session,
        PassExecutor executor,
        SqlIdentifier database,
        PlannedPass pass,
        TableSchema current,
        SchemaCompilation before,
        bool checksForeignKeys)
    {
        ForeignKeyViolations? violations = checksForeignKeys && !pass.ForeignKeyTables.IsEmpty
            ? ForeignKeyViolations.Read(session.Connection, database, pass.ForeignKeyTables)
            : null;
        PassOutcome outcome;
        try
        {
            outcome = executor.Execute(pass, current);
        }
        catch (AlterationFailedException e) when (pass.Plan.Strategy == AlterationStrategy.Native && before.Describe() is { } broken)
        {
            throw new AlterationFailedException(
                e.Table, e.Statement, $"{e.Message} These did not compile before the migration either, and SQLite may refuse because of them: {broken}",
                e.InnerException ?? e);
        }

        if (violations is not null)
        {
            session.Begin("look for rows that newly refer to nothing");
        }

        if (violations is not null
            && ForeignKeyViolations.Read(session.Connection, database, pass.ForeignKeyTables).NewSince(violations) is { } violated)
        {
            throw new AlterationRefusedException(
                session.Table.Name, $"Altering table {session.Table} was refused: foreign keys would be violated that were not before: {violated}. "
                + "Change parents and children together, or correct the rows first.");
        }

        return outcome;
    }

    /// <summary>What SQLite stored must be what was planned, and SQLite's pragmas must say of it what this library reads in it.</summary>
    private static void Verify(AlterationSession session, DatabaseSchema schema, PlannedPass pass, TableSchema expected)
    {
        TableSchema actual = schema.FindTable(expected.Name)
            ?? throw new SchemaMismatchException(expected.Name.Name, $"Table {expected.Name} is not there after its alteration.");
        SchemaCrossCheck.Check(session.Connection, schema, actual);
        string planned = Editing.SelfReferences.Unqualified(expected.Syntax!);
        string stored = Editing.SelfReferences.Unqualified(actual.Syntax!);
        bool isNative = pass.Plan.Steps.Any(step => step.Kind == AlterationStepKind.NativeAlter);
        bool isAsPlanned = pass.IsWorded
            ? expected.Columns.Select(column => column.Name).SequenceEqual(actual.Columns.Select(column => column.Name))
                && TableComparison.Compare(expected, actual, schema, schema).IsEmpty
            : SqlTokens.MeaningEquals(planned, stored);
        if (isAsPlanned && isNative && Editing.LostComments.First(planned, stored) is { } lost)
        {
            throw new NativeAlterationRefusedException(session.Failed(null, new InvalidDataException($"SQLite's own statement would lose the comment {lost}")));
        }

        if (!isAsPlanned)
        {
            SchemaMismatchException mismatch = new(
                expected.Name.Name, $"Table {expected.Name} is not what was planned after its alteration. Planned: {planned} Stored: {stored}");
            throw isNative ? new NativeAlterationRefusedException(session.Failed(null, mismatch)) : mismatch;
        }
    }
}
