using System.Collections.Immutable;
using Migrations.Core.Syntax;

namespace Migrations.Core.Schema;

/// <summary>An index made by CREATE INDEX. Immutable.</summary>
internal sealed record IndexSchema(
    SqlIdentifier Name, SqlIdentifier Table, bool IsUnique, ImmutableArray<KeyColumn> Columns, string Sql, CreateIndexSyntax Syntax)
{
    /// <summary>Whether the index has a WHERE clause.</summary>
    public bool IsPartial => Syntax.Where is not null;
}
