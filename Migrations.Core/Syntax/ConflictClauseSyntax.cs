namespace Migrations.Core.Syntax;

/// <summary>ON CONFLICT resolution.</summary>
internal sealed record ConflictClauseSyntax(SourceSpan Span, ConflictResolution Resolution);
