using System.Collections.Immutable;
using FluentMigrator.Expressions;
using Microsoft.Extensions.DependencyInjection;
using Migrations.Core;
using Migrations.Core.Alteration.Execution;
using Migrations.Core.Alteration.Planning;
using Migrations.Core.Authoring;
using Migrations.Core.Changes;
using Migrations.Core.Syntax;
using Migrations.Runner.Connections;
using Migrations.Runner.Preview;
using Migrations.Runner.Processing;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.Planning;

/// <summary>Keeps what the migrations do to the copy of the schema, migration by migration. For one plan.</summary>
internal sealed class PlanRecorder : IMigrationRecorder
{
    // The table engine numbers its functions (Update.Column(...).Using<T, TResult>(...)).
    private const string ConversionFunctionPrefix = "migrations_convert_";

    private readonly MigrationObserver observer;
    private readonly TableOrigins origins;
    private readonly LossRecorder losses;
    private readonly TableSizes sizes;
    private readonly List<ImmutableArray<PlannedStep>.Builder> steps = [];
    private readonly List<ImmutableArray<string>.Builder> notes = [];
    private int suspensions;

    public PlanRecorder(ShadowDatabase shadow, TableSizes sizes, MigrationObserver observer, Func<SqlIdentifier, bool> isLeftOut)
    {
        Shadow = shadow;
        this.sizes = sizes;
        this.observer = observer;
        origins = new(shadow, isLeftOut);
        losses = new(origins, sizes, isLeftOut);
    }

    public ShadowDatabase Shadow { get; }

    public Strategies? Strategies => null;

    private bool IsOn => suspensions == 0;

    /// <summary>The steps of the migration with a number, in the order of running.</summary>
    public ImmutableArray<PlannedStep> StepsOf(int migration) => At(steps, migration).ToImmutable();

    /// <summary>The notes on the migration with a number, in the order of running; what comes after the last one is told on it.</summary>
    public ImmutableArray<string> NotesOn(int migration, bool isLast) =>
        isLast ? [.. At(notes, migration), .. At(notes, migration + 1)] : At(notes, migration).ToImmutable();

    /// <summary>What the migration with a number loses.</summary>
    public MigrationLosses LossesOf(int migration) => losses.Of(migration);

    /// <summary>What the migration with a number changes of the schema.</summary>
    public ImmutableArray<SchemaDifference> DifferencesOf(int migration) => losses.DifferencesOf(migration);

    /// <summary>All has run, or it has failed and was rolled back.</summary>
    public void End(bool hasFailed)
    {
        if (!hasFailed)
        {
            origins.Update();
        }

        losses.End(observer.Done.Count);
    }

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

    public void AddTo(IServiceCollection services) => services.AddPlanning(this);

    /// <summary>Runs a script on the copy of the schema, statement by statement, each of which may do to tables what can't be told from all together.</summary>
    public void Run(string sql, Action<string> process)
    {
        if (!IsOn)
        {
            process(sql);
            return;
        }

        Enter();
        StepWork work = default;
        try
        {
            foreach (string statement in ScriptStatements.Of(sql))
            {
                PlannedSchema before = origins.Schema;
                process(statement);
                IReadOnlySet<ShadowAction> actions = origins.Ran(statement);
                work += StatementWork.Of(actions, before, origins, sizes);
                foreach (string note in losses.Ran(observer.Done.Count, statement, actions))
                {
                    Note(note);
                }
            }
        }
        finally
        {
            Add(new(sql) { Work = work });
        }
    }

    public void Altering()
    {
        if (IsOn)
        {
            Enter();
        }
    }

    public void Altered(AlterationResult result, IReadOnlyList<TableChange> changes)
    {
        if (!IsOn)
        {
            return;
        }

        TableName table = new(result.Database, result.Table);
        TableSize? size = origins.Of(table) is { } origin ? sizes.Of(origin) : null;
        ImmutableArray<string> kept = origins.Altered(table, changes);
        if (result.Plans.Any(Calls))
        {
            Note($"Values of {result.Table} are converted by code in C#, which the SQL calls by a name that only the upgrade knows.");
        }

        foreach (AlterationPlan empty in result.Plans)
        {
            AlterationPlan plan = size is { } known ? empty.With(empty.Cost.For(known.Rows, known.Pages)) : empty;
            string sql = string.Concat(plan.Steps.Select(step => $"{plan.Script(step)};\n"));
            int functions = Calls(plan) ? changes.Count(change => change is ConvertColumn { Conversion: FunctionConversion }) : 0;
            StepWork work = size is { } touched ? StepWork.Of(plan, touched, sizes.PageSize, Keys(result), functions) : default;
            Add(new(sql, plan, size?.Rows, plan.Strategy == AlterationStrategy.None ? [] : kept) { Work = work });
        }
    }

    public void NotRun(PerformDBOperationExpression operation)
    {
        string name = string.IsNullOrEmpty(operation.Description) ? "Code" : operation.Description;
        bool onlyReads = operation.Operation?.Target is RefuseRowsExpression;
        Note($"{name}: runs in an upgrade only.{(onlyReads ? "" : " What comes after it is planned as if it changed nothing.")}");
        if (!onlyReads)
        {
            Uncounted($"{name}: what code in C# does to rows is not known beforehand.");
        }
    }

    public void Failed(string statement, Exception exception)
    {
        Note($"Fails on the copy of the schema, which has no rows: {statement}: {exception.Message}");
        Uncounted($"{StatementText.Short(statement)}: fails on a database without rows, so what it does is not known beforehand.");
    }

    public void NotTried(string statement, Exception exception)
    {
        Note($"Not tried, because the copy of the schema is not complete or the statement reaches outside of it: {statement}: {exception.Message}");
        Uncounted($"{StatementText.Short(statement)}: can't be tried, so what it does is not known beforehand.");
    }

    public void Refused(Exception exception) => Note($"The upgrade would stop here: {exception.Message}");

    private static ImmutableArray<T>.Builder At<T>(List<ImmutableArray<T>.Builder> lists, int index)
    {
        while (lists.Count <= index)
        {
            lists.Add(ImmutableArray.CreateBuilder<T>());
        }

        return lists[index];
    }

    private static bool Calls(AlterationPlan plan) => plan.Steps.Any(step => step.Sql.Contains(ConversionFunctionPrefix, StringComparison.Ordinal));

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

    // Where it was renamed, or is of a kind without indexes, there are none to be found, and the estimate is a little low.
    private int Keys(AlterationResult result) =>
        (int)Shadow.Open().ReadInteger("SELECT count(*) FROM pragma_index_list(?1, ?2) WHERE origin <> 'c'", result.Table, result.Database);

    private void Uncounted(string reason)
    {
        if (IsOn)
        {
            losses.Uncounted(observer.Done.Count, reason);
        }
    }

    // What was kept of the books in between is looked at before the migration's own changes are.
    private void Enter()
    {
        origins.Update();
        losses.End(observer.Done.Count);
    }
}
