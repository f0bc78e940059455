using System.Collections.Immutable;
using Migrations.Core.Syntax;

namespace Migrations.Core.Schema;

/// <summary>
/// A table: its stored text, and what the text means. Columns and constraints point back into <see cref="Syntax"/> by span.
/// Immutable. For virtual and shadow tables <see cref="Syntax"/> is null or unused, and only names and text are known.
/// </summary>
internal sealed class TableSchema
{
    public required SqlIdentifier Name { get; init; }

    public required TableKind Kind { get; init; }

    /// <summary>The text in sqlite_schema.sql.</summary>
    public required string Sql { get; init; }

    /// <summary>The text, read; null for a virtual table.</summary>
    public required CreateTableSyntax? Syntax { get; init; }

    /// <summary>All columns in order, generated ones included.</summary>
    public required ImmutableArray<ColumnSchema> Columns { get; init; }

    public required PrimaryKeySchema? PrimaryKey { get; init; }

    /// <summary>UNIQUE constraints of columns and table, in source order; not the indexes made by CREATE UNIQUE INDEX.</summary>
    public required ImmutableArray<UniqueSchema> Uniques { get; init; }

    public required ImmutableArray<CheckSchema> Checks { get; init; }

    public required ImmutableArray<ForeignKeySchema> ForeignKeys { get; init; }

    public required bool IsStrict { get; init; }

    public required bool IsWithoutRowId { get; init; }

    /// <summary>The column that is another name of the rowid (INTEGER PRIMARY KEY, lang_createtable.html section 5), or null.</summary>
    public ColumnSchema? RowIdAlias => Columns.FirstOrDefault(column => column.IsRowIdAlias);

    public bool HasAutoIncrement => PrimaryKey is { AutoIncrement: true };

    /// <summary>
    /// A name by which SQL reaches the rowid: the alias column, or the first of rowid, _rowid_, oid that no column bears;
    /// null in a WITHOUT ROWID table, and where columns bear all three names.
    /// </summary>
    public SqlIdentifier? RowIdName =>
        IsWithoutRowId ? null
        : RowIdAlias is { } alias ? alias.Name
        : FreeRowIdName;

    private SqlIdentifier? FreeRowIdName
    {
        get
        {
            foreach (SqlIdentifier name in (ReadOnlySpan<SqlIdentifier>)["rowid", "_rowid_", "oid"])
            {
                if (FindColumn(name) is null)
                {
                    return name;
                }
            }

            return null;
        }
    }

    public bool IsInPrimaryKey(SqlIdentifier column) => PrimaryKey is { } key && key.Columns.Any(part => part.Name == column);

    /// <summary>Whether a column is part of the primary key or of a UNIQUE constraint.</summary>
    public bool IsInKey(SqlIdentifier column) =>
        IsInPrimaryKey(column) || Uniques.Any(unique => unique.Columns.Any(part => part.Name == column));

    public ColumnSchema? FindColumn(SqlIdentifier name) => Columns.FirstOrDefault(column => column.Name == name);
}
