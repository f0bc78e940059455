using System.Collections.Immutable;

namespace Migrations.Core.Syntax;

/// <summary>PRIMARY KEY (columns [AUTOINCREMENT]) [ON CONFLICT ...].</summary>
internal sealed record TablePrimaryKeySyntax(
    SourceSpan Span,
    NameSyntax? Name,
    ImmutableArray<IndexedColumnSyntax> Columns,
    SourceSpan? AutoIncrement,
    ConflictClauseSyntax? Conflict)
    : TableConstraintSyntax(Span, Name);
