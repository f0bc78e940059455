using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Migrations.Core.Syntax;
using SQLitePCL;

namespace Migrations.Core.Schema;

internal sealed partial class SchemaCrossCheck
{
    private void CompareColumns()
    {
        // pragma.html#pragma_table_xinfo: cid, name, type, notnull, dflt_value, pk, hidden
        var told = connection.ReadRows(
            Pragma("table_xinfo", table.Name),
            row => (
                Name: row.GetString(1),
                Type: row.GetString(2),
                IsNotNull: row.GetBoolean(3),
                Default: row.GetStringOrNull(4),
                KeyPosition: row.GetInt32(5),
                Hidden: row.GetInt32(6)));
        ImmutableArray<KeyColumn> key = WithoutRepeats(table.PrimaryKey?.Columns ?? []);
        for (int i = 0; i < Math.Max(told.Length, table.Columns.Length); i++)
        {
            if (i >= told.Length || i >= table.Columns.Length)
            {
                string only = i >= told.Length ? table.Columns[i].Name.Quoted : SqlIdentifier.Quote(told[i].Name);
                differences.Add(i >= told.Length
                    ? $"column {Print(i + 1)} was read as {only}, SQLite has none there"
                    : $"column {Print(i + 1)} was not read, SQLite says {only}");
                continue;
            }

            ColumnSchema column = table.Columns[i];
            string what = $"of column {column.Name} the";
            Compare($"the name of column {Print(i + 1)}", column.Name.Quoted, SqlIdentifier.Quote(told[i].Name));
            string type = DeclaredType.Normalize(column.DeclaredType);
            if (!SqlText.EqualsIgnoreAsciiCase(type, told[i].Type))
            {
                Compare($"{what} type", $"\"{type}\"", $"\"{told[i].Type}\"");
            }

            Compare($"{what} NOT NULL", IsEffectivelyNotNull(column), told[i].IsNotNull);
            Compare($"{what} default", DefaultAsTold(column) ?? "none", told[i].Default ?? "none");
            Compare($"{what} place in the primary key", Print(PositionIn(key, column.Name)), Print(told[i].KeyPosition));
            Compare($"{what} generation", column.Generated.ToString(), GenerationOf(told[i].Hidden));
        }
    }

    /// <summary>A WITHOUT ROWID table drops columns that stand in its key twice with the same collation (build.c).</summary>
    private ImmutableArray<KeyColumn> WithoutRepeats(ImmutableArray<KeyColumn> key) =>
        table.IsWithoutRowId ? [.. key.DistinctBy(column => (column.Name, CollationOf(column)))] : key;

    private static int PositionIn(ImmutableArray<KeyColumn> key, SqlIdentifier column)
    {
        for (int i = 0; i < key.Length; i++)
        {
            if (key[i].Name == column)
            {
                return i + 1;
            }
        }

        return 0;
    }

    /// <summary>Keys of WITHOUT ROWID and STRICT tables are NOT NULL without saying so, but for the rowid's alias.</summary>
    private bool IsEffectivelyNotNull(ColumnSchema column) =>
        column.IsNotNull
        || ((table.IsWithoutRowId || table.IsStrict)
            && !column.IsRowIdAlias
            && table.IsInPrimaryKey(column.Name));

    /// <summary>The pragma tells the text of a default without the parentheses around an expression, and none for a generated column.</summary>
    private static string? DefaultAsTold(ColumnSchema column) => column switch
    {
        { IsGenerated: true } or { DefaultText: null } => null,
        { DefaultText: ['(', .. string inner, ')'] } => inner.Trim(' ', '\t', '\n', '\r', '\f', '\v'),
        { DefaultText: { } text } => text,
    };

    private static string GenerationOf(int hidden) => hidden switch
    {
        0 => nameof(GeneratedKind.None),
        2 => nameof(GeneratedKind.Virtual),
        3 => nameof(GeneratedKind.Stored),
        _ => $"hidden {Print(hidden)}",
    };

    /// <summary>
    /// No pragma tells of AUTOINCREMENT, but what SQLite knows of a column does (c3ref/table_column_metadata.html). Nothing is compiled for
    /// it, so that it is told whatever state triggers and foreign keys are in.
    /// </summary>
    private void CompareAutoIncrement()
    {
        try
        {
            Compare(
                "AUTOINCREMENT",
                table.HasAutoIncrement,
                connection.ReadRows(Pragma("table_xinfo", table.Name), row => row.GetString(1)).Any(IsAutoIncrement));
        }
        catch (SqliteException exception)
        {
            differences.Add($"AUTOINCREMENT could not be asked for: {exception.Message}");
        }
    }

    private bool IsAutoIncrement(string column)
    {
        int result = raw.sqlite3_table_column_metadata(
            connection.Handle, schema.Database.Name, table.Name.Name, column, out _, out _, out _, out _, out int isAutoIncrement);
        SqliteException.ThrowExceptionForRC(result, connection.Handle);
        return isAutoIncrement != 0;
    }
}
