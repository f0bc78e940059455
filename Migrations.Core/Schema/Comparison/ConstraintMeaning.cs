using Migrations.Core.Syntax;

namespace Migrations.Core.Schema.Comparison;

/// <summary>
/// A constraint in words that are equal where the constraints mean the same; for a CHECK its expression is compared by tokens.
/// <see cref="Subject"/> tells which constraints of two tables are versions of one another; <see cref="Constraint"/> is the part of the
/// table's schema that it is read from. Immutable.
/// </summary>
internal sealed record ConstraintMeaning(SqlIdentifier? Name, string Subject, string Rule, string? Expression, object Constraint)
{
    public bool Means(ConstraintMeaning other) =>
        Name == other.Name
        && (Expression, other.Expression) switch
        {
            (null, null) => new SqlIdentifier(Rule) == other.Rule,
            ({ } left, { } right) => SqlTokens.MeaningEquals(left, right),
            _ => false,
        };

    public bool IsAbout(ConstraintMeaning other) =>
        (Name is not null && Name == other.Name)
        || (new SqlIdentifier(Subject) == other.Subject
            && (Expression is null || (other.Expression is not null && SqlTokens.MeaningEquals(Expression, other.Expression))));

    public override string ToString() => Name is { } name ? $"CONSTRAINT {name} {Rule}" : Rule;
}
