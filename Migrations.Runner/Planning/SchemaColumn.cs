using Migrations.Core.Syntax;

namespace Migrations.Runner.Planning;

/// <summary>A column of a table; one that is generated, or a virtual table's hidden one, stores no values of its own.</summary>
internal readonly record struct SchemaColumn(SqlIdentifier Name, bool IsStored);
