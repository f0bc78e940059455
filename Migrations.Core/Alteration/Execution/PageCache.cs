using System.Globalization;
using Migrations.Core.Syntax;
using SQLitePCL;

namespace Migrations.Core.Alteration.Execution;

/// <summary>
/// Gives a database a larger page cache for one statement (pragma.html, cache_size): rows that come in the order of the table go into the
/// indexes of its constraints in no order, and each that finds its page gone reads it again.
/// </summary>
internal sealed class PageCache(AlterationSession session, SqlIdentifier database)
{
    /// <summary>What the cache may hold: as much as keeps the memory of large tables near that of small ones.</summary>
    public const long Bytes = 16L << 20;

    /// <summary>What the cache of a database may hold now. A positive size counts pages, a negative one KiB.</summary>
    public static long BytesOf(AlterationSession session, SqlIdentifier database) => session.Count(Pragma(database)) switch
    {
        < 0 and long size => -size * 1024,
        long pages => pages * session.Count($"PRAGMA {database.Quoted}.page_size"),
    };

    /// <summary>Runs something with the cache enlarged, never made smaller; the connection's own size stands again after it.</summary>
    public void During(Action action)
    {
        if (BytesOf(session, database) >= Bytes)
        {
            action();
            return;
        }

        string pragma = Pragma(database);
        long before = session.Count(pragma);
        Set(-Bytes / 1024);
        try
        {
            action();
        }
        finally
        {
            Set(before);
        }

        // Where SQLite has rolled back the caller's transaction, commands of Microsoft.Data.Sqlite refuse to run; a closed connection has no cache.
        void Set(long size)
        {
            if (session.Connection.Handle is { } handle)
            {
                raw.sqlite3_exec(handle, string.Create(CultureInfo.InvariantCulture, $"{pragma}={size}"));
            }
        }
    }

    private static string Pragma(SqlIdentifier database) => $"PRAGMA {database.Quoted}.cache_size";
}
