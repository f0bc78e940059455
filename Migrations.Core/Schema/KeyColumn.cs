using Migrations.Core.Syntax;

namespace Migrations.Core.Schema;

/// <summary>A column of a primary key, UNIQUE constraint or index. <see cref="Name"/> is null where an expression is indexed.</summary>
internal sealed record KeyColumn(SqlIdentifier? Name, SqlIdentifier? Collation, bool Descending);
