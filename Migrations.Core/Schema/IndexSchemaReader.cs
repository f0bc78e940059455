using Migrations.Core.Syntax;

namespace Migrations.Core.Schema;

/// <summary>Gives the text of an index its meaning. Reads no connection.</summary>
internal static class IndexSchemaReader
{
    /// <summary>Reads one index.</summary>
    /// <param name="name">The name in sqlite_schema.</param>
    /// <param name="table">The table, null where it could not be read.</param>
    /// <param name="tableName">The table's name in sqlite_schema.</param>
    /// <param name="sql">The stored text.</param>
    /// <exception cref="SqlSyntaxException">The text is no CREATE INDEX statement.</exception>
    public static IndexSchema Read(SqlIdentifier name, TableSchema? table, SqlIdentifier tableName, string sql)
    {
        CreateIndexSyntax syntax = CreateIndexReader.Read(sql);
        return new IndexSchema(
            name, tableName, syntax.IsUnique, [.. syntax.Columns.Select(column => ReadColumn(column, table))], sql, syntax);
    }

    private static KeyColumn ReadColumn(IndexedColumnSyntax column, TableSchema? table) =>
        new(ResolveColumn(column.Column?.Identifier, table), column.Collation?.Identifier, column.Descending);

    /// <summary>
    /// A name that is no column of the table is a string in double quotes (quirks.html, section 8), so an expression; an
    /// index on the rowid does not exist.
    /// </summary>
    private static SqlIdentifier? ResolveColumn(SqlIdentifier? name, TableSchema? table) =>
        name is { } written && table is not null ? table.FindColumn(written)?.Name : name;
}
