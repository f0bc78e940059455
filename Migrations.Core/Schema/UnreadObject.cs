using System.Collections.Immutable;
using Migrations.Core.Syntax;

namespace Migrations.Core.Schema;

/// <summary>
/// A table, index or trigger whose stored text could not be read. It stands in nobody's way until it is asked for.
/// <see cref="Table"/> is the table that it is or belongs to; <see cref="Parents"/> are the tables that it refers to
/// by foreign keys, as SQLite tells them. Immutable.
/// </summary>
internal sealed record UnreadObject(
    string Type, SqlIdentifier Name, SqlIdentifier Table, string Sql, ImmutableArray<SqlIdentifier> Parents, MigrationsException Reason)
{
    /// <summary>The error to throw where the object is involved: of the kind of <see cref="Reason"/>, naming the object.</summary>
    public MigrationsException ToException()
    {
        string message = $"The text of the {Type} {Name} in sqlite_schema could not be read: {Reason.Message}";
        return Reason is SqlSyntaxException syntax
            ? new SqlSyntaxException(message, syntax.Sql, syntax.Position)
            : new SchemaMismatchException(Table.Name, message);
    }
}
