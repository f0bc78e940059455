using System.Collections.Immutable;

namespace Migrations.Core.Syntax;

/// <summary>A CREATE INDEX statement read without losing a byte. Immutable.</summary>
internal sealed class CreateIndexSyntax
{
    public required string Text { get; init; }

    public required ImmutableArray<SqlToken> Tokens { get; init; }

    public required bool IsUnique { get; init; }

    public required NameSyntax? SchemaName { get; init; }

    public required NameSyntax Name { get; init; }

    public required NameSyntax Table { get; init; }

    public required ImmutableArray<IndexedColumnSyntax> Columns { get; init; }

    /// <summary>The columns that stand by their names; expressions are left out.</summary>
    public IEnumerable<SqlIdentifier> ColumnNames => Columns.Select(column => column.Column?.Identifier).OfType<SqlIdentifier>();

    /// <summary>The expression after WHERE, null for a full index.</summary>
    public required SourceSpan? Where { get; init; }

    public override string ToString() => Text;
}
