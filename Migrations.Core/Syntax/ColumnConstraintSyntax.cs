namespace Migrations.Core.Syntax;

/// <summary>
/// One constraint of a column. <see cref="Span"/> includes "CONSTRAINT name" where that stands before it.
/// SQLite's grammar also takes a CONSTRAINT name with nothing after it (<see cref="DanglingNameSyntax"/>).
/// </summary>
internal abstract record ColumnConstraintSyntax(SourceSpan Span, NameSyntax? Name);
