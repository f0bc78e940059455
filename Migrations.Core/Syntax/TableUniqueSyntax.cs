using System.Collections.Immutable;

namespace Migrations.Core.Syntax;

/// <summary>UNIQUE (columns) [ON CONFLICT ...].</summary>
internal sealed record TableUniqueSyntax(
    SourceSpan Span, NameSyntax? Name, ImmutableArray<IndexedColumnSyntax> Columns, ConflictClauseSyntax? Conflict)
    : TableConstraintSyntax(Span, Name);
