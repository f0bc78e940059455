using Migrations.Core.Syntax;

namespace Migrations.Core.Schema;

/// <summary>A column. Immutable.</summary>
internal sealed class ColumnSchema
{
    public required SqlIdentifier Name { get; init; }

    /// <summary>The declared type as written, empty where there is none.</summary>
    public required string DeclaredType { get; init; }

    public required Affinity Affinity { get; init; }

    /// <summary>Whether NOT NULL is written (a key of a WITHOUT ROWID or STRICT table may be not null without it).</summary>
    public required bool IsNotNull { get; init; }

    /// <summary>The text of the default: literal, word, or expression with its parentheses; null where there is none.</summary>
    public required string? DefaultText { get; init; }

    /// <summary>The collation, "BINARY" where none is written.</summary>
    public required SqlIdentifier Collation { get; init; }

    public required GeneratedKind Generated { get; init; }

    /// <summary>Whether the column is another name of the rowid.</summary>
    public required bool IsRowIdAlias { get; init; }

    /// <summary>The definition; spans lie in the table's text.</summary>
    public required ColumnSyntax Syntax { get; init; }

    public bool IsGenerated => Generated != GeneratedKind.None;
}
