namespace Migrations.Core.Syntax;

/// <summary>UNIQUE [ON CONFLICT ...].</summary>
internal sealed record ColumnUniqueSyntax(SourceSpan Span, NameSyntax? Name, ConflictClauseSyntax? Conflict)
    : ColumnConstraintSyntax(Span, Name);
