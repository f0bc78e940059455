namespace Migrations.Core.Syntax;

/// <summary>
/// One constraint of a table. <see cref="Span"/> includes "CONSTRAINT name" where that stands before it. SQLite takes table
/// constraints with or without commas between them.
/// </summary>
internal abstract record TableConstraintSyntax(SourceSpan Span, NameSyntax? Name);
