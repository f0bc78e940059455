using Migrations.Core.Syntax;

namespace Migrations.Core.Schema.Comparison;

/// <summary>A column of an index, or an expression where <see cref="Column"/> is null. Immutable.</summary>
internal sealed record IndexPart(SqlIdentifier? Column, string Expression, SqlIdentifier Collation, bool Descending)
{
    public bool Means(IndexPart other) =>
        Collation == other.Collation
        && Descending == other.Descending
        && (Column is { } name ? name == other.Column : other.Column is null && SqlTokens.MeaningEquals(Expression, other.Expression));
}
