namespace Migrations.Core.Syntax;

/// <summary>A name where it stands in the text, in whatever quotes it was written.</summary>
internal sealed record NameSyntax(SourceSpan Span, SqlIdentifier Identifier);
