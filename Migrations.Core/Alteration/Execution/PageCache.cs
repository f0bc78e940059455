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

    /// <summary>Runs something with the cache enlarged, never made smaller; the connection's own size stands again after it.</summary>
    public void During(Action action)
    {
        string pragma = $"PRAGMA {database.Quoted}.cache_size";
        long before = session.Count(pragma);
        long bytes = before < 0 ? -before * 1024 : before * session.Count($"PRAGMA {database.Quoted}.page_size");
        if (bytes >= Bytes)
        {
            action();
            return;
        }

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
}
