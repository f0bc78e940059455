namespace Migrations.Core.Syntax;

/// <summary>A CONSTRAINT name that no constraint follows.</summary>
internal sealed record DanglingTableNameSyntax(SourceSpan Span, NameSyntax? Name) : TableConstraintSyntax(Span, Name);
