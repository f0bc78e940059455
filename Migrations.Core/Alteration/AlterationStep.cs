using Migrations.Core.Alteration;

namespace Migrations.Core;

/// <summary>One statement of a plan. Immutable.</summary>
public sealed class AlterationStep
{
    internal AlterationStep(string sql, string purpose, string rule)
    {
        Sql = sql;
        Purpose = purpose;
        Rule = rule;
    }

    /// <summary>The statement, without a semicolon.</summary>
    public string Sql { get; }

    /// <summary>What the statement is for, in a few words.</summary>
    public string Purpose { get; }

    /// <summary>The page and section of sqlite.org whose rule the step carries out.</summary>
    public string Rule { get; }

    /// <summary>How the step is run.</summary>
    internal AlterationStepKind Kind { get; init; }

    /// <summary>The statement.</summary>
    public override string ToString() => Sql;
}
