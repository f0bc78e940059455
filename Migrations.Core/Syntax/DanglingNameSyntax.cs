namespace Migrations.Core.Syntax;

/// <summary>A CONSTRAINT name that no constraint follows, or a DEFERRABLE clause that follows no REFERENCES.</summary>
internal sealed record DanglingNameSyntax(SourceSpan Span, NameSyntax? Name) : ColumnConstraintSyntax(Span, Name);
