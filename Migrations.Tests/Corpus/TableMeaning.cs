using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Tests.Support;
using SQLitePCL;

namespace Migrations.Tests.Corpus;

/// <summary>
/// What SQLite's own pragmas say of a table, in lines that name columns and not positions: columns in order, foreign keys, indexes.
/// </summary>
internal sealed class TableMeaning
{
    private TableMeaning(string options, ImmutableArray<MeaningLine> columns, ImmutableArray<MeaningLine> foreignKeys, ImmutableArray<MeaningLine> indexes)
    {
        Options = options;
        Columns = columns;
        ForeignKeys = foreignKeys;
        Indexes = indexes;
    }

    public string Options { get; }

    public ImmutableArray<MeaningLine> Columns { get; }

    public ImmutableArray<MeaningLine> ForeignKeys { get; }

    /// <summary>Indexes in the order of their text; those of constraints go without their names, which are numbers.</summary>
    public ImmutableArray<MeaningLine> Indexes { get; }

    public IEnumerable<string> Lines => [Options, .. Columns.Concat(ForeignKeys).Concat(Indexes).Select(line => line.Text)];

    public static TableMeaning Of(SqliteConnection connection, string table, string database = "main")
    {
        string quoted = TestDatabase.Quote(table);
        object?[] listed = connection.Rows($"PRAGMA {database}.table_list({quoted})").First(row => (string)row[0]! == database);
        ImmutableArray<MeaningLine> columns =
        [
            .. connection.Rows($"PRAGMA {database}.table_xinfo({quoted})").Select(row => new MeaningLine(
                $"column {row[1]} type {row[2]}, not null {Print(row[3])}, default {row[4] ?? "none"}, collation {Collation(connection, database, table, (string)row[1]!)}, key {Print(row[5])}, hidden {Print(row[6])}",
                [(string)row[1]!])),
        ];
        ImmutableArray<MeaningLine> foreignKeys =
        [
            .. connection.Rows($"PRAGMA {database}.foreign_key_list({quoted})").GroupBy(row => row[0]).Select(rows => new MeaningLine(
                $"foreign key ({string.Join(", ", rows.Select(row => row[3]))}) to {rows.First()[2]} ({string.Join(", ", rows.Select(row => row[4] ?? "key"))})"
                + $" on update {rows.First()[5]} on delete {rows.First()[6]} match {rows.First()[7]}",
                [.. rows.Select(row => (string)row[3]!)])).OrderBy(line => line.Text, StringComparer.Ordinal),
        ];
        ImmutableArray<MeaningLine> indexes =
        [
            .. connection.Rows($"PRAGMA {database}.index_list({quoted})").Select(row => Index(connection, database, row)).OrderBy(line => line.Text, StringComparer.Ordinal),
        ];
        return new TableMeaning($"table {listed[2]}, without rowid {Print(listed[4])}, strict {Print(listed[5])}", columns, foreignKeys, indexes);
    }

    /// <summary>The lines that only one of the two has; empty where they mean the same.</summary>
    public static IReadOnlyList<string> Differences(IEnumerable<string> expected, IEnumerable<string> actual)
    {
        string[] wanted = [.. expected];
        string[] got = [.. actual];
        return wanted.SequenceEqual(got, StringComparer.Ordinal) ? []
            : [.. wanted.Except(got, StringComparer.Ordinal).Select(line => $"expected: {line}"), .. got.Except(wanted, StringComparer.Ordinal).Select(line => $"got: {line}"), "(order may differ)"];
    }

    private static MeaningLine Index(SqliteConnection connection, string database, object?[] index)
    {
        IReadOnlyList<object?[]> parts = connection.Rows($"PRAGMA {database}.index_xinfo({TestDatabase.Quote((string)index[1]!)})");
        string list = string.Join(", ", parts.Where(part => part[5] is 1L).Select(part => $"{part[2] ?? "expression"} {(part[3] is 1L ? "DESC" : "ASC")} {part[4]}"));
        string name = index[3] is "c" ? (string)index[1]! : "of a constraint";
        return new MeaningLine(
            $"index {name} unique {Print(index[2])} origin {index[3]} partial {Print(index[4])}: {list}",
            [.. parts.Where(part => part[5] is 1L).Select(part => (string?)part[2] ?? "")]);
    }

    /// <summary>Not in any pragma, but in SQLite's C interface (c3ref/table_column_metadata.html).</summary>
    private static string Collation(SqliteConnection connection, string database, string table, string column)
    {
        raw.sqlite3_table_column_metadata(connection.Handle, database, table, column, out _, out string collation, out _, out _, out _);
        return collation;
    }

    private static string Print(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
