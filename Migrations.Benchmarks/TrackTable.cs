using Microsoft.Data.Sqlite;

namespace Migrations.Benchmarks;

/// <summary>The table that is altered: rows of about 150 bytes, three indexes, a check and a parent.</summary>
internal static class TrackTable
{
    public const string Name = "track";

    public static readonly string[] Indexes =
    [
        "CREATE INDEX track_title ON track(title)",
        "CREATE INDEX track_album ON track(album_id, position)",
        "CREATE UNIQUE INDEX track_path ON track(path)",
    ];

    /// <summary>The statement that makes the table under a name.</summary>
    public static string Create(string name = Name, string defaultOfRating = "0") => $"""
        CREATE TABLE {name} (
            id INTEGER PRIMARY KEY,
            album_id INTEGER NOT NULL REFERENCES album(id) ON DELETE CASCADE,
            position INTEGER NOT NULL CHECK (position > 0),
            title TEXT NOT NULL,
            path TEXT NOT NULL,
            length REAL,
            rating INTEGER NOT NULL DEFAULT {defaultOfRating}
        )
        """;

    public static void Fill(string path, int rows)
    {
        using SqliteConnection connection = Open(path);
        using SqliteTransaction transaction = connection.BeginTransaction();
        Execute(connection, "CREATE TABLE album (id INTEGER PRIMARY KEY, name TEXT NOT NULL)");
        Execute(connection, Create());
        Execute(connection, $"""
            INSERT INTO album SELECT value, 'Album number ' || value FROM ({Numbers((rows / 10) + 1)})
            """);
        Execute(connection, $"""
            INSERT INTO track
            SELECT value, 1 + (value / 10), 1 + (value % 10), printf('Title %d of a track, %s', value % 9973, hex(value * 7919)),
                   printf('music/artists/by-letter/%d/albums/%d/tracks/%d.flac', value % 26, value / 10, value), value * 0.37, value % 6
            FROM ({Numbers(rows)})
            """);
        foreach (string index in Indexes)
        {
            Execute(connection, index);
        }

        transaction.Commit();
    }

    public static SqliteConnection Open(string path)
    {
        SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Numbers(int last) =>
        $"WITH RECURSIVE numbers(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM numbers WHERE value < {last}) SELECT value FROM numbers";
}
