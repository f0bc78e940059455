namespace Migrations.Core.Syntax;

/// <summary>COLLATE name.</summary>
internal sealed record CollateSyntax(SourceSpan Span, NameSyntax? Name, NameSyntax Collation)
    : ColumnConstraintSyntax(Span, Name);
