using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Core.Alteration.Planning;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Execution;

/// <summary>Carries out one planned pass: asks first, then writes, then compares what stands with what was planned.</summary>
internal sealed class PassExecutor(AlterationSession session, ConnectionSettings settings, SqlIdentifier database)
{
    private readonly SorterThreads sorterThreads = new(session);

    /// <summary>Runs the pass; returns how many rows it wrote.</summary>
    public PassOutcome Execute(PlannedPass pass, TableSchema table)
    {
        ImmutableArray<string> keys = [.. RowSource.KeysOf(table).Select(key => key.Quoted)];
        using ConversionRun conversions = new(session, pass.Functions, keys);
        settings.RefuseDoubleQuotedStrings();
        if (!pass.Preflights.IsEmpty)
        {
            session.Begin("look for rows that stand in the way");
        }

        foreach (string sql in pass.Compilations)
        {
            PreflightRun.RequireCompiled(session, sql);
        }

        foreach (Preflight preflight in pass.AfterUpdate.Where(preflight => !preflight.IsOfStoredText))
        {
            PreflightRun.RequireCompiled(session, preflight.Sql);
        }

        foreach (Preflight preflight in pass.Preflights.Where(preflight => !preflight.IsOfStoredText))
        {
            PreflightRun.Run(session, preflight, conversions);
        }

        settings.AllowDoubleQuotedStrings();

        foreach (Preflight preflight in pass.Preflights.Where(preflight => preflight.IsOfStoredText))
        {
            PreflightRun.Run(session, preflight, conversions);
        }

        if (pass.Probe is { } probe)
        {
            PreflightRun.RequireCompiled(session, probe);
        }

        PassOutcome outcome = default;
        foreach (AlterationStep step in pass.Plan.Steps)
        {
            outcome += Run(step, pass, table, conversions);
            RequireTransaction(step);
        }

        settings.RestoreDoubleQuotedStrings();
        return outcome;
    }

    private PassOutcome Run(AlterationStep step, PlannedPass pass, TableSchema table, ConversionRun conversions)
    {
        switch (step.Kind)
        {
            case AlterationStepKind.Copy:
                return new PassOutcome(Copy(step, pass, table, conversions), 0);
            case AlterationStepKind.Update:
                return new PassOutcome(0, new RowUpdate(session, settings).Run(step, pass, conversions));
            case AlterationStepKind.SchemaEdit:
                session.Begin(step.Purpose);
                EditSchema(step);
                break;
            case AlterationStepKind.NativeAlter:
                session.Begin(step.Purpose);
                AlterNatively(step, table.Name);
                break;
            case AlterationStepKind.BinarySort:
                session.Begin(step.Purpose);
                sorterThreads.Execute(step.Sql);
                break;
            default:
                session.Begin(step.Purpose);
                session.Execute(step.Sql);
                break;
        }

        return default;
    }

    /// <summary>SQLite's own statement, with a look at what else it rewrote: strings in double quotes, in objects that are none of its business.</summary>
    private void AlterNatively(AlterationStep step, SqlIdentifier table)
    {
        string others = $"SELECT ifnull(group_concat(quote(type) || quote(name) || quote(sql)), '') FROM (SELECT * FROM {database.Quoted}.sqlite_schema "
            + $"WHERE NOT (type = 'table' AND name = {SqlText.Literal(table.Name)} COLLATE NOCASE) UNION ALL SELECT * FROM temp.sqlite_schema)";
        string before = session.Run(others, command => (string)command.ExecuteScalar()!);
        try
        {
            session.Execute(step.Sql);
        }
        catch (AlterationFailedException e) when (
            e.InnerException is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_ERROR or SQLitePCL.raw.SQLITE_CONSTRAINT } && session.IsInTransaction)
        {
            throw new NativeAlterationRefusedException(e);
        }

        if (!string.Equals(before, session.Run(others, command => (string)command.ExecuteScalar()!), StringComparison.Ordinal))
        {
            throw new NativeAlterationRefusedException(session.Failed(step.Sql, new InvalidDataException("SQLite would rewrite the text of other objects")));
        }
    }

    /// <summary>
    /// Writes the stored text, and raises the schema's version, by which every connection, this one too, reads the schema anew
    /// (pragma.html, schema_version). That is done when sqlite_schema is read-only again, since SQLite overlooks malformed text as long as it is not.
    /// </summary>
    private void EditSchema(AlterationStep step)
    {
        settings.AllowSchemaWrites();
        try
        {
            session.Execute(step.Sql);
        }
        finally
        {
            settings.RefuseSchemaWrites();
        }

        long edited = session.Count("SELECT changes()");
        if (edited != 1)
        {
            throw session.Failed(step.Sql, new InvalidDataException($"{edited} rows of the schema were changed instead of one"));
        }

        string version = $"PRAGMA {database.Quoted}.schema_version";
        session.Execute($"{version}={unchecked((int)session.Count(version) + 1).ToString(CultureInfo.InvariantCulture)}");
        session.Execute($"SELECT 1 FROM {database.Quoted}.sqlite_schema LIMIT 1");
    }

    /// <summary>Step 5, with the count that the procedure does not ask for: nothing may be lost without an error.</summary>
    private long Copy(AlterationStep step, PlannedPass pass, TableSchema table, ConversionRun conversions)
    {
        long expected = session.Count($"SELECT count(*) FROM {database.Quoted}.{table.Name.Quoted} NOT INDEXED");
        try
        {
            if (pass.Expected is { Uniques: [] } and ({ PrimaryKey: null } or { RowIdAlias: not null } or { IsWithoutRowId: true }))
            {
                session.WriteRows(step.Sql, step.Purpose, expected);
            }
            else
            {
                new PageCache(session, database).During(() => session.WriteRows(step.Sql, step.Purpose, expected));
            }
        }
        catch (AlterationFailedException e)
        {
            // The NULL of a row that a function could not convert may break a constraint; the function's own error is the first one.
            conversions.ThrowIfFailed();
            if (e.InnerException is not SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_CONSTRAINT } violation)
            {
                throw;
            }

            foreach (Preflight question in pass.WhereCopyFails)
            {
                PreflightRun.Run(session, question, conversions);
            }

            throw pass.NewName is { } name
                ? session.Failed(step.Sql, violation, violation.Message.Replace($"{name.Name}.", $"{table.Name.Name}.", StringComparison.Ordinal))
                : e;
        }

        conversions.ThrowIfFailed();
        long copied = session.Count("SELECT changes()");
        if (copied != expected)
        {
            throw session.Failed(step.Sql, new InvalidDataException(
                $"{expected} rows were to be copied and {copied} were. The database may be damaged: PRAGMA integrity_check tells more."));
        }

        session.RowsWritten(copied);
        return copied;
    }

    /// <summary>RAISE(ROLLBACK), ON CONFLICT ROLLBACK and some errors end the transaction; what followed would commit by itself.</summary>
    private void RequireTransaction(AlterationStep step)
    {
        if (!session.IsInTransaction)
        {
            throw session.Failed(step.Sql, new InvalidOperationException("the transaction ended before the alteration was complete"));
        }
    }
}
