using Microsoft.Data.Sqlite;

namespace MailServer;

/// <summary>Reads the database file and puts rows in, on a connection of its own.</summary>
internal sealed class MailDatabase : IDisposable
{
    private readonly SqliteConnection connection;

    private MailDatabase(string file, SqliteConnection connection)
    {
        File = file;
        this.connection = connection;
    }

    public string File { get; }

    public string ConnectionString => connection.ConnectionString;

    /// <summary>Opens the file, and makes an empty one where there is none.</summary>
    /// <exception cref="UpgradeRefusedException">The file can't be opened, or is no SQLite database.</exception>
    public static MailDatabase Open(string file)
    {
        string path = Path.GetFullPath(file);
        if (Directory.Exists(path))
        {
            throw new UpgradeRefusedException($"\"{file}\" is a folder: name a file.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw new UpgradeRefusedException($"The folder of \"{file}\" does not exist: create it first.");
        }

        SqliteConnection opened = new(
            new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, Pooling = false }.ToString());
        try
        {
            opened.Open();
            MailDatabase database = new(file, opened);
            database.Tables();
            return database;
        }
        catch (SqliteException exception)
        {
            opened.Dispose();
            throw new UpgradeRefusedException(Explain(file, exception), exception);
        }
    }

    /// <summary>The revisions that were applied, in order; empty for a new file.</summary>
    /// <exception cref="UpgradeRefusedException">The file belongs to something else, or to a newer program.</exception>
    public IReadOnlyList<int> Applied()
    {
        IReadOnlyList<string> tables = Tables();
        if (!HasHistory())
        {
            return tables.Count == 0
                ? []
                : throw new UpgradeRefusedException(
                    $"\"{File}\" holds tables ({string.Join(", ", tables.Take(3))}, ...) but no history of this program: name another file.");
        }

        int[] applied = [.. Query("SELECT Version FROM VersionInfo ORDER BY Version")
            .Select(row => RevisionAttribute.NumberOf((long)row[0]!))];
        return applied.Length == 0 || applied[^1] <= History.Newest
            ? applied
            : throw new UpgradeRefusedException(
                $"\"{File}\" is at revision {applied[^1]}, this program knows {History.Newest} as the newest: use a newer program.");
    }

    /// <summary>The application's tables, by name.</summary>
    public IReadOnlyList<string> Tables() =>
    [
        .. Query("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
                + "AND name <> 'VersionInfo' ORDER BY name")
            .Select(row => (string)row[0]!),
    ];

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
        using SqliteTransaction transaction = connection.BeginTransaction();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
        transaction.Commit();
    }

    public void Dispose() => connection.Dispose();

    /// <summary>What SQLite's error means for the person who called the program.</summary>
    internal static string Explain(string file, SqliteException exception) => exception.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_NOTADB => $"\"{file}\" is not an SQLite database: name another file.",
        SQLitePCL.raw.SQLITE_CORRUPT => $"\"{file}\" is damaged: restore it from a backup.",
        SQLitePCL.raw.SQLITE_BUSY => $"\"{file}\" is in use by another program: close it and try again.",
        SQLitePCL.raw.SQLITE_READONLY => $"\"{file}\" can't be written: check its permissions and those of its folder.",
        SQLitePCL.raw.SQLITE_CANTOPEN => $"\"{file}\" can't be opened: check its permissions and those of its folder.",
        _ => $"\"{file}\": {exception.Message}",
    };

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private bool HasHistory() =>
        Query("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'VersionInfo'").Count > 0;

    private List<object?[]> Query(string sql)
    {
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
