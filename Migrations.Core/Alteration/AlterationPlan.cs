using System.Collections.Immutable;
using System.Text;
using Migrations.Core.Alteration;
using Migrations.Core.Syntax;

namespace Migrations.Core;

/// <summary>
/// What an alteration does to one table, as data: the statements in their order, the strategy and why it was chosen.
/// A dry run prints the very plan that would run. Immutable.
/// </summary>
public sealed class AlterationPlan
{
    internal AlterationPlan(
        string database, string table, AlterationStrategy strategy, string reason, ImmutableArray<AlterationStep> steps)
    {
        Database = database;
        Table = table;
        Strategy = strategy;
        Reason = reason;
        Steps = steps;
    }

    /// <summary>The database that holds the table: "main" or an attached one.</summary>
    public string Database { get; }

    /// <summary>The table, by the name it has before the plan runs.</summary>
    public string Table { get; }

    /// <summary>How the plan carries out its changes.</summary>
    public AlterationStrategy Strategy { get; }

    /// <summary>Why this strategy was chosen.</summary>
    public string Reason { get; }

    /// <summary>What the plan does to rows, which indexes it builds, and how much there is of the table.</summary>
    public AlterationCost Cost { get; internal init; } = AlterationCost.None;

    /// <summary>The statements, in the order in which they run.</summary>
    public IReadOnlyList<AlterationStep> Steps { get; }

    /// <summary>The plan as SQL that runs as it stands, with its purposes and rules as comments.</summary>
    /// <remarks>
    /// What a connection is told besides SQL is not in it: the application's triggers, which do not fire where an alteration updates rows,
    /// fire where the text is run by somebody else.
    /// </remarks>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append("-- ").Append(Database).Append('.').Append(Table).Append(": ").Append(Strategy).Append(": ").AppendLine(Reason);
        text.Append("-- cost: ").Append(Cost).AppendLine();
        foreach (AlterationStep step in Steps)
        {
            text.Append("-- ").Append(step.Purpose).Append(" (").Append(step.Rule).AppendLine(")");
            text.Append(Script(step)).AppendLine(";");
        }

        return text.ToString();
    }

    /// <summary>The same plan with another cost: that for the rows of a real table.</summary>
    internal AlterationPlan With(AlterationCost cost) => new(Database, Table, Strategy, Reason, [.. Steps]) { Cost = cost };

    /// <summary>
    /// A step as SQL that runs as it stands, without a semicolon at the end. Stored text can only be edited where that is allowed, and
    /// is read anew only where the schema's version rises (pragma.html, writable_schema and schema_version).
    /// </summary>
    internal string Script(AlterationStep step)
    {
        if (step.Kind != AlterationStepKind.SchemaEdit)
        {
            return step.Sql;
        }

        string view = $"{new SqlIdentifier(Database).Quoted}.\"migrations_new_version\"";
        return $"PRAGMA writable_schema=ON;\n{step.Sql};\nPRAGMA writable_schema=RESET;\nCREATE VIEW {view} AS SELECT 1;\nDROP VIEW {view}";
    }
}
