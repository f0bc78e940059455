namespace Migrations.Core.Syntax;

/// <summary>One token: its kind and where it stands. The tokens of a text, put together, are the text. Immutable value.</summary>
internal readonly record struct SqlToken(SqlTokenKind Kind, SourceSpan Span)
{
    public bool IsTrivia => Kind is SqlTokenKind.Whitespace or SqlTokenKind.Comment;
}
