using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Migrations.Core.Alteration.Planning;
using SQLitePCL;

namespace Migrations.Core.Alteration.Execution;

/// <summary>
/// Runs an UPDATE that is not the application's doing: its triggers do not fire. Where it calls functions of C#, the plan has set them
/// aside, since what a function writes by the connection is the application's doing again. Constraints are SQLite's to hold; which rows they refuse
/// is asked only then, since a question to every row costs a good part of the UPDATE.
/// </summary>
internal sealed class RowUpdate(AlterationSession session, ConnectionSettings settings)
{
    /// <summary>Runs the UPDATE and asks what there is to ask of the rows it leaves; returns how many it wrote.</summary>
    public long Run(AlterationStep step, PlannedPass pass, ConversionRun conversions)
    {
        if (pass.ConvertsInPlace && session.Count("PRAGMA ignore_check_constraints") != 0)
        {
            // SQLite would hold no CHECK, and a copy is refused too.
            Ask(pass.WhereUpdateFails, conversions);
        }

        session.Begin(step.Purpose);
        if (pass.Functions.IsEmpty)
        {
            settings.SwitchTriggersOff();
        }

        try
        {
            Execute(step, pass);
        }
        catch (AlterationFailedException e)
        {
            // The NULL of a row that a function could not convert may break a constraint; the function's own error is the first one.
            conversions.ThrowIfFailed();
            if (e.InnerException is SqliteException { SqliteErrorCode: raw.SQLITE_CONSTRAINT })
            {
                Ask(pass.WhereUpdateFails, conversions);
            }

            throw;
        }
        finally
        {
            settings.RestoreTriggers();
        }

        conversions.ThrowIfFailed();
        long updated = session.Count("SELECT changes()");
        if (pass.ConvertsInPlace)
        {
            session.RowsWritten(updated);
            Ask(pass.AfterUpdate, conversions);
        }

        return updated;
    }

    private void Execute(AlterationStep step, PlannedPass pass)
    {
        if (pass is { ConvertsInPlace: true, Plan.Cost.Rows: { } rows })
        {
            session.WriteRows(step.Sql, step.Purpose, rows);
        }
        else
        {
            session.Execute(step.Sql);
        }
    }

    private void Ask(ImmutableArray<Preflight> questions, ConversionRun conversions)
    {
        if (questions.IsEmpty)
        {
            return;
        }

        session.Begin("look for rows that stand in the way");
        foreach (Preflight question in questions)
        {
            if (question.IsOfStoredText)
            {
                settings.AllowDoubleQuotedStrings();
            }
            else
            {
                settings.RefuseDoubleQuotedStrings();
            }

            PreflightRun.Run(session, question, conversions);
        }

        settings.AllowDoubleQuotedStrings();
    }
}
