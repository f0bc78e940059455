namespace Migrations.Core.Syntax;

/// <summary>PRIMARY KEY [ASC|DESC] [ON CONFLICT ...] [AUTOINCREMENT].</summary>
internal sealed record ColumnPrimaryKeySyntax(
    SourceSpan Span, NameSyntax? Name, bool Descending, ConflictClauseSyntax? Conflict, SourceSpan? AutoIncrement)
    : ColumnConstraintSyntax(Span, Name);
