namespace Migrations.Core.Syntax;

/// <summary>REFERENCES ...; a DEFERRABLE clause that follows is part of <see cref="Reference"/> and of the span.</summary>
internal sealed record ColumnReferencesSyntax(SourceSpan Span, NameSyntax? Name, ForeignKeyClauseSyntax Reference)
    : ColumnConstraintSyntax(Span, Name);
