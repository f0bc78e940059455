using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Migrations.Core.Alteration.Planning;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Execution;

/// <summary>Carries out one planned pass: asks first, then writes, then compares what stands with what was planned.</summary>
internal sealed class PassExecutor(AlterationSession session, ConnectionSettings settings, SqlIdentifier database)
{
    /// <summary>Runs the pass; returns the number of rows copied.</summary>
    public long Execute(PlannedPass pass, TableSchema table)
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

        foreach (Preflight preflight in pass.Preflights.Where(preflight => !preflight.IsOfStoredText))
        {
            PreflightRun.Run(session, preflight, conversions);
        }

        bool isNative = pass.Plan.Strategy == AlterationStrategy.Native && pass.Expected is not null;
        if (isNative)
        {
            settings.RestoreDoubleQuotedStrings();
        }
        else
        {
            settings.AllowDoubleQuotedStrings();
        }

        foreach (Preflight preflight in pass.Preflights.Where(preflight => preflight.IsOfStoredText))
        {
            PreflightRun.Run(session, preflight, conversions);
        }

        long rows = 0;
        foreach (AlterationStep step in pass.Plan.Steps)
        {
            if (step == pass.Copy)
            {
                rows = Copy(step, table, pass.NewName, conversions);
            }
            else
            {
                session.Begin(step.Purpose);
                session.Execute(step.Sql);
            }

            RequireTransaction(step);
        }

        settings.RestoreDoubleQuotedStrings();
        return rows;
    }

    /// <summary>Step 5, with the count that the procedure does not ask for: nothing may be lost without an error.</summary>
    private long Copy(AlterationStep step, TableSchema table, SqlIdentifier? newName, ConversionRun conversions)
    {
        long expected = session.Count($"SELECT count(*) FROM {database.Quoted}.{table.Name.Quoted} NOT INDEXED");
        try
        {
            session.Copy(step.Sql, step.Purpose, expected);
        }
        catch (AlterationFailedException e)
        {
            // The NULL of a row that a function could not convert may break a constraint; the function's own error is the first one.
            conversions.ThrowIfFailed();
            throw e.InnerException is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_CONSTRAINT } violation && newName is { } name
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

        session.Copied(copied);
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
