using Microsoft.Data.Sqlite;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;
using Migrations.Runner.Connections;
using Migrations.Testing.Generation;

namespace Migrations.Testing.Steps;

/// <summary>The columns of a table without which SQLite takes no row, and a value for each that means as little as can be.</summary>
internal sealed class RowCompletion
{
    private readonly SqlIdentifier table;
    private readonly TableSchema? schema;
    private readonly HashSet<SqlIdentifier> unique = [];
    private readonly Dictionary<SqlIdentifier, SqlIdentifier> parents = [];

    public RowCompletion(SqliteConnection connection, SqlIdentifier table)
    {
        this.table = table;
        schema = SchemaReader.Read(connection, "main").FindTable(table); // A view has no columns that need a value.
        foreach (object?[] row in connection.ReadRows(
            "SELECT c.name FROM pragma_index_list(?1, 'main') i, pragma_index_info(i.name, 'main') c WHERE i.\"unique\" AND c.name IS NOT NULL", table.Name))
        {
            unique.Add((string)row[0]!); // It was asked for.
        }

        foreach (object?[] row in connection.ReadRows("SELECT \"from\", \"table\" FROM pragma_foreign_key_list(?1, 'main')", table.Name))
        {
            parents[(string)row[0]!] = (string)row[1]!; // A foreign key has both.
        }
    }

    /// <summary>The columns that need a value and are not given one, each with an SQL expression.</summary>
    /// <exception cref="ArgumentException">One of them refers to another table.</exception>
    public IEnumerable<(string Column, string Sql)> Beside(IReadOnlyCollection<string> given, int number)
    {
        HashSet<SqlIdentifier> named = [.. given.Select(name => (SqlIdentifier)name)];
        foreach (ColumnSchema column in schema?.Columns ?? [])
        {
            if (named.Contains(column.Name) || column.IsGenerated || column.IsRowIdAlias || !NeedsValue(column))
            {
                continue;
            }

            yield return parents.TryGetValue(column.Name, out SqlIdentifier parent)
                ? throw new ArgumentException(
                    $"Column {column.Name} of {table} needs a row of {parent}, and row {number} names none. Insert that row, and name its key in this one.")
                : (column.Name.Name, unique.Contains(column.Name) ? Next(column) : Neutral(column));
        }
    }

    private bool NeedsValue(ColumnSchema column) =>
        column.DefaultText is null
        && (column.IsNotNull || ((schema is { IsWithoutRowId: true } or { IsStrict: true }) && schema.PrimaryKey?.Columns.Any(key => key.Name == column.Name) == true));

    private ValueKind KindOf(ColumnSchema column) => ValueDomain.Of(column, schema is { IsStrict: true }).Kind;

    private string Neutral(ColumnSchema column) => KindOf(column) switch
    {
        ValueKind.Integer or ValueKind.Boolean or ValueKind.Decimal => "0",
        ValueKind.Real => "0.0",
        ValueKind.Date => "'1970-01-01'",
        ValueKind.DateTime => "'1970-01-01 00:00:00'",
        ValueKind.Time => "'00:00:00'",
        ValueKind.Guid => "'00000000-0000-0000-0000-000000000000'",
        ValueKind.Json => "'{}'",
        ValueKind.Blob => "x''",
        _ => "''",
    };

    // One more than there is, or a text that counts the rows: repeatable, and told apart by people.
    private string Next(ColumnSchema column)
    {
        string from = $"FROM main.{table.Quoted}";
        string count = $"(SELECT count(*) + 1 {from})";
        return KindOf(column) switch
        {
            ValueKind.Integer or ValueKind.Boolean or ValueKind.Decimal or ValueKind.Real => $"(SELECT coalesce(max({column.Name.Quoted}), 0) + 1 {from})",
            ValueKind.Date => $"date('1970-01-01', {count} || ' days')",
            ValueKind.DateTime => $"datetime('1970-01-01', {count} || ' days')",
            ValueKind.Time => $"time('00:00', {count} || ' seconds')",
            ValueKind.Guid => $"printf('00000000-0000-0000-0000-%012x', {count})",
            ValueKind.Json => $"json_array({count})",
            ValueKind.Blob => $"CAST(printf('%08d', {count}) AS BLOB)",
            _ => $"printf('%s %d', {SqlText.Literal(column.Name.Name)}, {count})",
        };
    }
}
