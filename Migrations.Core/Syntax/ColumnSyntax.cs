using System.Collections.Immutable;

namespace Migrations.Core.Syntax;

/// <summary>
/// A column definition. <see cref="Type"/> covers all words of the declared type with their arguments, null where there is none.
/// </summary>
internal sealed record ColumnSyntax(
    SourceSpan Span, NameSyntax Name, SourceSpan? Type, ImmutableArray<ColumnConstraintSyntax> Constraints);
