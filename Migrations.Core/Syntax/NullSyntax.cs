namespace Migrations.Core.Syntax;

/// <summary>A bare NULL, which SQLite accepts and which means nothing.</summary>
internal sealed record NullSyntax(SourceSpan Span, NameSyntax? Name, ConflictClauseSyntax? Conflict)
    : ColumnConstraintSyntax(Span, Name);
