using Migrations.Core.Syntax;

namespace Migrations.Core.Changes;

/// <summary>Changes a column's collation; null takes it away (BINARY).</summary>
internal sealed record SetCollation(SqlIdentifier Column, SqlIdentifier? Collation) : TableChange;
