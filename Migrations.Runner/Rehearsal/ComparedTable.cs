using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Migrations.Core.Syntax;
using Migrations.Runner.Connections;

namespace Migrations.Runner.Rehearsal;

/// <summary>A table that both databases of a comparison have: "main", and one that is attached as "expected". Immutable.</summary>
internal sealed record ComparedTable
{
    /// <summary>The name of the attached database.</summary>
    public const string ExpectedDatabase = "expected";

    private static readonly ImmutableArray<SqlIdentifier> RowIdNames = ["rowid", "_rowid_", "oid"];

    public required SqlIdentifier Name { get; init; }

    /// <summary>The columns that hold values of their own and are in both.</summary>
    public required ImmutableArray<SqlIdentifier> Columns { get; init; }

    /// <summary>The primary key where it is the same in both; else empty.</summary>
    public required ImmutableArray<SqlIdentifier> Key { get; init; }

    /// <summary>Whether the key can't be NULL: it is the rowid, or the table has none (lang_createtable.html, section 3.5).</summary>
    public required bool IsKeyNeverNull { get; init; }

    /// <summary>A name that means the rowid in both; null where there is none.</summary>
    public required SqlIdentifier? RowId { get; init; }

    public string Expected => $"{ExpectedDatabase}.{Name.Quoted}";

    public string Actual => $"main.{Name.Quoted}";

    /// <summary>Reads it; null where it has no column that is in both.</summary>
    public static ComparedTable? Read(SqliteConnection connection, SqlIdentifier name)
    {
        (ImmutableArray<Column> expected, bool expectedHasRowId) = ReadColumns(connection, ExpectedDatabase, name);
        (ImmutableArray<Column> actual, bool actualHasRowId) = ReadColumns(connection, "main", name);
        ImmutableArray<SqlIdentifier> common =
            [.. expected.Where(column => column.IsStored && actual.Any(other => other.IsStored && other.Name == column.Name)).Select(column => column.Name)];
        if (common.IsEmpty)
        {
            return null;
        }

        ImmutableArray<SqlIdentifier> key = KeyOf(expected);
        bool isKeyed = !key.IsEmpty && key.SequenceEqual(KeyOf(actual));
        return new()
        {
            Name = name,
            Columns = common,
            Key = isKeyed ? key : [],
            IsKeyNeverNull = isKeyed && IsNeverNull(connection, ExpectedDatabase, name, expectedHasRowId) && IsNeverNull(connection, "main", name, actualHasRowId),
            RowId = expectedHasRowId && actualHasRowId
                ? RowIdNames.Where(free => expected.Concat(actual).All(column => column.Name != free)).Select(free => (SqlIdentifier?)free).FirstOrDefault()
                : null,
        };
    }

    private static (ImmutableArray<Column> Columns, bool HasRowId) ReadColumns(SqliteConnection connection, string database, SqlIdentifier table) =>
    (
        [
            .. connection.ReadRows("SELECT name, pk, hidden FROM pragma_table_xinfo(?1, ?2) ORDER BY cid", table.Name, database)
                .Select(row => new Column((string)row[0]!, (long)row[1]!, (long)row[2]! == 0)), // The pragma gives no NULL there.
        ],
        connection.ReadInteger("SELECT wr FROM pragma_table_list WHERE schema = ?2 AND name = ?1 COLLATE NOCASE", table.Name, database) == 0
    );

    private static ImmutableArray<SqlIdentifier> KeyOf(ImmutableArray<Column> columns) =>
        [.. columns.Where(column => column.KeyPlace > 0).OrderBy(column => column.KeyPlace).Select(column => column.Name)];

    // A key with an index of its own is not the rowid.
    private static bool IsNeverNull(SqliteConnection connection, string database, SqlIdentifier table, bool hasRowId) =>
        !hasRowId || connection.ReadInteger("SELECT count(*) FROM pragma_index_list(?1, ?2) WHERE origin = 'pk'", table.Name, database) == 0;

    private sealed record Column(SqlIdentifier Name, long KeyPlace, bool IsStored);
}
