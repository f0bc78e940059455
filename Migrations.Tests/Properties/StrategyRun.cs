using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Alteration.Planning;
using Migrations.Core.Changes;
using Migrations.Tests.Support;

namespace Migrations.Tests.Properties;

/// <summary>What came of some changes under some strategies, on a database of their own.</summary>
internal sealed record StrategyRun(Strategies Strategies, TestDatabase Database, AlterationResult? Result, MigrationsException? Refusal) : IDisposable
{
    /// <summary>Whether the strategies were enough, or only a copy could do the changes.</summary>
    public bool Claims => Refusal switch
    {
        null => true,
        AlterationRefusedException refused => !refused.Message.Contains("RebuildMode.NeverCopy", StringComparison.Ordinal),

        // SQLite's own statement refused, and nothing else was allowed: text that is not SQL is refused everywhere.
        AlterationFailedException => Strategies.HasFlag(Strategies.Copy),
        _ => true,
    };

    /// <summary>The statements that were run.</summary>
    public string Statements => string.Concat(Result?.Plans.SelectMany(plan => plan.Steps).Select(step => $"{step.Sql};\n") ?? []);

    /// <summary>Who has worded the new text.</summary>
    public Wording Words => (Statements.Contains("ALTER TABLE", StringComparison.Ordinal), Result?.Plans.Any(plan => plan.Strategy == AlterationStrategy.Copy)) switch
    {
        (false, _) or (_, true) => Wording.Ours,
        _ when Statements.Contains(" NOT NULL;", StringComparison.Ordinal) || Statements.Contains(" CHECK (", StringComparison.Ordinal) || Statements.Contains(" DROP CONSTRAINT ", StringComparison.Ordinal) => Wording.Constraints,
        _ => Wording.Columns,
    };

    public static StrategyRun Of(RandomDatabase model, string table, TableChange[] changes, Strategies strategies, string pragmas, bool isInTransaction)
    {
        TestDatabase database = model.Clone().Execute(pragmas);
        if (isInTransaction)
        {
            database.Execute("BEGIN");
        }

        StrategyRun run;
        try
        {
            run = new StrategyRun(strategies, database, TableAlterer.Alter(database.Connection, table, changes, new AlterationOptions { Strategies = strategies }), null);
        }
        catch (MigrationsException e)
        {
            run = new StrategyRun(strategies, database, null, e);
        }

        if (isInTransaction)
        {
            database.Execute("COMMIT");
        }

        return run;
    }

    public void Dispose() => Database.Dispose();

    public override string ToString() => Result is { } result
        ? $"{Strategies}: {string.Join("\n", result.Plans)}"
        : $"{Strategies}: {Refusal!.GetType().Name}: {Refusal.Message}";
}
