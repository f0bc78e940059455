namespace Migrations.Core.Syntax;

/// <summary>[GENERATED ALWAYS] AS (...) [STORED|VIRTUAL]; <see cref="Expression"/> is what stands between the parentheses.</summary>
internal sealed record GeneratedSyntax(SourceSpan Span, NameSyntax? Name, SourceSpan Expression, bool Stored)
    : ColumnConstraintSyntax(Span, Name);
