using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Alteration.Execution;
using Migrations.Runner.Preview;
using Migrations.Runner.Processing;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.Planning;

/// <summary>Keeps what the migrations do to the copy of the schema, migration by migration. For one plan.</summary>
internal sealed class PlanRecorder(ShadowDatabase shadow, SqliteConnection? real, MigrationObserver observer)
{
    // The table engine numbers its functions (Update.Column(...).Using<T, TResult>(...)).
    private const string ConversionFunctionPrefix = "migrations_convert_";

    private readonly TableOrigins origins = new(shadow);
    private readonly Dictionary<TableName, TableSize> sizes = [];
    private readonly List<ImmutableArray<PlannedStep>.Builder> steps = [];
    private readonly List<ImmutableArray<string>.Builder> notes = [];
    private int suspensions;

    public ShadowDatabase Shadow => shadow;

    private bool IsOn => suspensions == 0;

    /// <summary>The steps of the migration with a number, in the order of running.</summary>
    public ImmutableArray<PlannedStep> StepsOf(int migration) => At(steps, migration).ToImmutable();

    /// <summary>The notes on the migration with a number, in the order of running; what comes after the last one is told on it.</summary>
    public ImmutableArray<string> NotesOn(int migration, bool isLast) =>
        isLast ? [.. At(notes, migration), .. At(notes, migration + 1)] : At(notes, migration).ToImmutable();

    /// <summary>Keeps nothing of what an action does: the books that FluentMigrator keeps are no part of a migration.</summary>
    public T WithoutRecording<T>(Func<T> action)
    {
        suspensions++;
        try
        {
            return action();
        }
        finally
        {
            suspensions--;
        }
    }

    public void Running(string sql)
    {
        if (!IsOn)
        {
            return;
        }

        origins.Update();
        Add(new(sql));
    }

    public void Altering()
    {
        if (IsOn)
        {
            origins.Update();
        }
    }

    public void Altered(AlterationResult result)
    {
        if (!IsOn)
        {
            return;
        }

        TableName table = new(result.Database, result.Table);
        TableSize? size = origins.Of(table) is { } origin ? SizeOf(origin) : null;
        ImmutableArray<string> kept = origins.Update(table);
        if (result.Plans.Any(plan => plan.Steps.Any(step => step.Sql.Contains(ConversionFunctionPrefix, StringComparison.Ordinal))))
        {
            Note($"Values of {result.Table} are converted by code in C#, which the SQL calls by a name that only the upgrade knows.");
        }

        foreach (AlterationPlan empty in result.Plans)
        {
            AlterationPlan plan = size is { } known ? empty.With(empty.Cost.For(known.Rows, known.Pages)) : empty;
            string sql = string.Concat(plan.Steps.Select(step => $"{plan.Script(step)};\n"));
            Add(new(sql, plan, size?.Rows, plan.Strategy == AlterationStrategy.None ? [] : kept));
        }
    }

    public void NotRun(string? description) => Note(
        $"{(string.IsNullOrEmpty(description) ? "Code" : description)}: runs in an upgrade only. What comes after it is planned as if it changed nothing.");

    public void Failed(string statement, Exception exception) => Note(
        $"Fails on the copy of the schema, which has no rows: {statement}: {exception.Message}");

    public void NotTried(string statement, Exception exception) => Note(
        $"Not tried, because the copy of the schema is not complete or the statement reaches outside of it: {statement}: {exception.Message}");

    public void Refused(Exception exception) => Note($"The upgrade would stop here: {exception.Message}");

    private static ImmutableArray<T>.Builder At<T>(List<ImmutableArray<T>.Builder> lists, int index)
    {
        while (lists.Count <= index)
        {
            lists.Add(ImmutableArray.CreateBuilder<T>());
        }

        return lists[index];
    }

    // What belongs to no migration is told on the one that it comes before, or else on the last.
    private void Add(PlannedStep step)
    {
        if (observer.Current is null)
        {
            Note($"Maintenance or a profile runs next to this migration, and not in it: {step.Sql}");
            return;
        }

        At(steps, observer.Done.Count).Add(step);
    }

    private void Note(string text)
    {
        if (IsOn)
        {
            At(notes, observer.Done.Count).Add(text);
        }
    }

    private TableSize SizeOf(TableName table)
    {
        if (!sizes.TryGetValue(table, out TableSize size))
        {
            sizes[table] = size = TableSize.Read(real!, table.Database, table.Table); // Without it no table has an origin.
        }

        return size;
    }
}
