using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Changes;

namespace Migrations.Benchmarks;

/// <summary>The same change of the same table, by this library and by hand.</summary>
internal static class Copies
{
    /// <summary>Changes the default of a column by copying the table.</summary>
    public static long ByLibrary(SqliteConnection connection) => ByLibrary(connection, new AlterationOptions());

    /// <summary>The same, with a token that could be cancelled and somebody who is told how far it is.</summary>
    public static long Watched(SqliteConnection connection)
    {
        using CancellationTokenSource source = new();
        return ByLibrary(connection, new AlterationOptions { CancellationToken = source.Token, Progress = new Unheard() });
    }

    /// <summary>The procedure of lang_altertable.html, section 7, as a careful person writes it.</summary>
    public static void ByHand(SqliteConnection connection)
    {
        Execute("PRAGMA foreign_keys = OFF");
        Execute("BEGIN IMMEDIATE");
        Execute(TrackTable.Create("track_new", defaultOfRating: "3"));
        Execute("INSERT INTO track_new SELECT id, album_id, position, title, path, length, rating FROM track");
        Execute("DROP TABLE track");
        Execute("ALTER TABLE track_new RENAME TO track");
        foreach (string index in TrackTable.Indexes)
        {
            Execute(index);
        }

        Execute("PRAGMA foreign_key_check");
        Execute("COMMIT");
        Execute("PRAGMA foreign_keys = ON");

        void Execute(string sql) => TrackTable.Execute(connection, sql);
    }

    private static long ByLibrary(SqliteConnection connection, AlterationOptions options)
    {
        options.Mode = RebuildMode.AlwaysCopy;
        return TableAlterer.Alter(connection, TrackTable.Name, [new SetDefault("rating", "3")], options).RowsCopied;
    }
}
