namespace Migrations.Core.Syntax;

/// <summary>DEFAULT value; <see cref="Value"/> is the literal with its sign, the word, or the expression with its parentheses.</summary>
internal sealed record DefaultSyntax(SourceSpan Span, NameSyntax? Name, SourceSpan Value)
    : ColumnConstraintSyntax(Span, Name);
