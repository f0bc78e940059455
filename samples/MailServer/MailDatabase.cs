using Microsoft.Data.Sqlite;

namespace MailServer;

/// <summary>Reads the database file and puts rows in. Each call has a connection of its own, and leaves none open.</summary>
internal sealed class MailDatabase(string file)
{
    /// <summary>The application's tables, by name; none where there is no file.</summary>
    public IReadOnlyList<string> Tables() => File.Exists(file)
        ?
        [
            .. Query("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
                    + "AND name NOT IN ('VersionInfo', '__VersionHistory') ORDER BY name")
                .Select(row => (string)row[0]!),
        ]
        : [];

    /// <summary>The columns that tell one row from another: the key first, flags left out.</summary>
    public IReadOnlyList<string> TellingColumns(string table) =>
    [
        .. Query($"SELECT name FROM pragma_table_info({Literal(table)}) WHERE type <> 'BOOLEAN' ORDER BY pk = 0, cid")
            .Select(row => (string)row[0]!),
    ];

    public long CountRows(string table) => (long)Query($"SELECT count(*) FROM {Quote(table)}")[0][0]!;

    public IReadOnlyList<object?[]> Rows(string table, IEnumerable<string> columns, int count) =>
        Query($"SELECT {string.Join(", ", columns.Select(Quote))} FROM {Quote(table)} ORDER BY rowid LIMIT {count}");

    /// <summary>Runs statements, all or none of them.</summary>
    public void Execute(string sql)
    {
        using SqliteConnection connection = Open(SqliteOpenMode.ReadWrite);
        using SqliteTransaction transaction = connection.BeginTransaction();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
        transaction.Commit();
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        SqliteConnection connection = new(
            new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, Pooling = false, Mode = mode }.ToString());
        connection.Open();
        return connection;
    }

    private List<object?[]> Query(string sql)
    {
        using SqliteConnection connection = Open(SqliteOpenMode.ReadWrite);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        List<object?[]> rows = [];
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        }

        return rows;
    }
}
