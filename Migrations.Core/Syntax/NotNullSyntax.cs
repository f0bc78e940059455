namespace Migrations.Core.Syntax;

/// <summary>NOT NULL [ON CONFLICT ...].</summary>
internal sealed record NotNullSyntax(SourceSpan Span, NameSyntax? Name, ConflictClauseSyntax? Conflict)
    : ColumnConstraintSyntax(Span, Name);
