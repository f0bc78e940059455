namespace Migrations.Core.Syntax;

/// <summary>STRICT, or WITHOUT ROWID (both words in one span).</summary>
internal sealed record TableOptionSyntax(SourceSpan Span, TableOptionKind Kind);
