using System.Collections.Immutable;

namespace Migrations.Core.Syntax;

/// <summary>
/// A CREATE TABLE statement read without losing a byte: every part knows its span in <see cref="Text"/>.
/// Immutable. Spans of parts begin at their first token and end with their last one; the white space, comments and
/// commas between parts belong to nobody.
/// </summary>
internal sealed class CreateTableSyntax
{
    public required string Text { get; init; }

    public required ImmutableArray<SqlToken> Tokens { get; init; }

    public required bool IsTemporary { get; init; }

    /// <summary>"main" in CREATE TABLE main.t; SQLite does not store it.</summary>
    public required NameSyntax? SchemaName { get; init; }

    public required NameSyntax Name { get; init; }

    /// <summary>The opening parenthesis before the first column.</summary>
    public required SourceSpan Open { get; init; }

    /// <summary>The closing parenthesis after the last column or constraint.</summary>
    public required SourceSpan Close { get; init; }

    public required ImmutableArray<ColumnSyntax> Columns { get; init; }

    public required ImmutableArray<TableConstraintSyntax> Constraints { get; init; }

    /// <summary>STRICT and WITHOUT ROWID, in source order.</summary>
    public required ImmutableArray<TableOptionSyntax> Options { get; init; }

    public override string ToString() => Text;
}
