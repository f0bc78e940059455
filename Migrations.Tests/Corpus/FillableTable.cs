using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Tests.Support;

namespace Migrations.Tests.Corpus;

/// <summary>A table that gets rows: its columns and foreign keys by SQLite's pragmas, and a source of values.</summary>
internal sealed class FillableTable
{
    private readonly CandidateValues values;
    private readonly Random random;
    private readonly bool isStrict;

    private FillableTable(
        string name, ImmutableArray<FillableColumn> columns, ImmutableArray<FillableForeignKey> foreignKeys, string sql, bool isStrict, int seed)
    {
        Name = name;
        Columns = columns;
        ForeignKeys = foreignKeys;
        this.isStrict = isStrict;
        random = new Random(name.Aggregate(seed, (sum, c) => unchecked((sum * 31) + c)));
        values = new CandidateValues(random, sql);
    }

    public string Name { get; }

    public string Quoted => TestDatabase.Quote(Name);

    public ImmutableArray<FillableColumn> Columns { get; }

    public ImmutableArray<FillableForeignKey> ForeignKeys { get; }

    public static FillableTable Read(SqliteConnection connection, string name, int seed)
    {
        string quoted = TestDatabase.Quote(name);
        object?[] listed = connection.Rows($"PRAGMA main.table_list({quoted})").Single(row => row[0] is "main");
        bool isWithoutRowId = listed[4] is 1L;
        ImmutableArray<FillableColumn> columns =
        [
            .. connection.Rows($"PRAGMA main.table_xinfo({quoted})")
                .Where(row => row[6] is 0L)
                .Select(row => new FillableColumn((string)row[1]!, (string)row[2]!, row[3] is 0L && (row[5] is 0L || !isWithoutRowId))),
        ];
        ImmutableArray<FillableForeignKey> foreignKeys =
        [
            .. connection.Rows($"PRAGMA main.foreign_key_list({quoted})")
                .GroupBy(row => (long)row[0]!)
                .Select(rows => ForeignKey(connection, rows.Key, [.. rows])),
        ];
        string sql = connection.Scalar<string>($"SELECT group_concat(sql, char(10)) FROM sqlite_schema WHERE tbl_name = '{name.Replace("'", "''", StringComparison.Ordinal)}' COLLATE NOCASE AND type IN ('table', 'trigger')");
        return new FillableTable(name, columns, foreignKeys, sql, listed[5] is 1L, seed);
    }

    /// <summary>An INSERT of all columns with parameters in their order.</summary>
    public SqliteCommand Insert(SqliteConnection connection)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"INSERT INTO {Quoted} ({string.Join(", ", Columns.Select(column => TestDatabase.Quote(column.Name)))}) "
            + $"VALUES ({string.Join(", ", Columns.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"$p{i}")))})";
        for (int i = 0; i < Columns.Length; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = string.Create(CultureInfo.InvariantCulture, $"$p{i}") });
        }

        return command;
    }

    /// <summary>Tries one row; false where SQLite refuses it.</summary>
    public bool TryInsert(SqliteConnection connection, SqliteCommand insert, int row, int attempt)
    {
        object?[] chosen = [.. Columns.Select(column => values.For(column, isStrict, row, attempt))];
        foreach (FillableForeignKey key in ForeignKeys)
        {
            Refer(connection, key, chosen);
        }

        for (int i = 0; i < chosen.Length; i++)
        {
            insert.Parameters[i].Value = chosen[i] ?? DBNull.Value;
        }

        try
        {
            insert.ExecuteNonQuery();
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private static FillableForeignKey ForeignKey(SqliteConnection connection, long id, object?[][] rows)
    {
        string parent = (string)rows[0][2]!;
        ImmutableArray<string> columns = [.. rows.Select(row => (string)row[3]!)];
        ImmutableArray<string> parentColumns = rows[0][4] is null
            ? [.. connection.Rows($"PRAGMA main.table_xinfo({TestDatabase.Quote(parent)})").Where(row => row[5] is not 0L).OrderBy(row => (long)row[5]!).Select(row => (string)row[1]!)]
            : [.. rows.Select(row => (string)row[4]!)];
        return new FillableForeignKey(id, parent, columns, parentColumns);
    }

    // A row of the parent at random; the row itself, where it is its own parent and the first one.
    private void Refer(SqliteConnection connection, FillableForeignKey key, object?[] chosen)
    {
        int[] positions = [.. key.Columns.Select(Position)];
        if (positions.Contains(-1) || (positions.Any(i => chosen[i] is null && Columns[i].IsNullable) && random.Next(3) > 0)
            || key.ParentColumns.Length != key.Columns.Length)
        {
            return;
        }

        string parentColumns = string.Join(", ", key.ParentColumns.Select(TestDatabase.Quote));
        IReadOnlyList<object?[]> parents;
        try
        {
            parents = connection.Rows($"SELECT {parentColumns} FROM {TestDatabase.Quote(key.Parent)} LIMIT 20");
        }
        catch (SqliteException)
        {
            // No such parent.
            parents = [];
        }

        bool isSelf = NameComparer.Instance.Equals(key.Parent, Name);
        object?[]? parent = parents.Count > 0 ? parents[random.Next(parents.Count)]
            : isSelf ? [.. key.ParentColumns.Select(column => Position(column) is >= 0 and int i ? chosen[i] : null)]
            : null;
        for (int i = 0; i < positions.Length; i++)
        {
            chosen[positions[i]] = parent is not null ? parent[i]
                : Columns[positions[i]].IsNullable ? null
                : chosen[positions[i]];
        }
    }

    private int Position(string column) =>
        Enumerable.Range(0, Columns.Length).FirstOrDefault(i => NameComparer.Instance.Equals(Columns[i].Name, column), -1);
}
