namespace Migrations.Core.Syntax;

/// <summary>
/// An indexed column (syntax/indexed-column.html). <see cref="Column"/> is null where an expression is indexed;
/// <see cref="Expression"/> covers the column or expression without COLLATE and ASC or DESC.
/// </summary>
internal sealed record IndexedColumnSyntax(
    SourceSpan Span, SourceSpan Expression, NameSyntax? Column, NameSyntax? Collation, bool Descending);
