namespace Migrations.Core.Syntax;

/// <summary>CHECK (...); <see cref="Expression"/> is what stands between the parentheses.</summary>
internal sealed record ColumnCheckSyntax(SourceSpan Span, NameSyntax? Name, SourceSpan Expression)
    : ColumnConstraintSyntax(Span, Name);
