using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Migrations.Benchmarks.Measuring;

/// <summary>A database file that is made once and measured in copies.</summary>
internal sealed class Template(string path)
{
    /// <summary>
    /// The milliseconds that something takes on a fresh copy. The copy is in the system's cache and on the disk before it begins, so that
    /// nobody's COMMIT waits for pages that it has not written.
    /// </summary>
    public double Time(Action<SqliteConnection> prepare, Action<SqliteConnection> action) => OnCopy(copy =>
    {
        using SqliteConnection connection = Database.Open(copy);
        prepare(connection);
        GC.Collect();
        Stopwatch watch = Stopwatch.StartNew();
        action(connection);
        return watch.Elapsed.TotalMilliseconds;
    });

    public double Time(Action<SqliteConnection> action) => Time(_ => { }, action);

    /// <summary>Does something with the path of a fresh copy, which is gone afterwards.</summary>
    public T OnCopy<T>(Func<string, T> use)
    {
        string copy = $"{path}-copy";
        File.Copy(path, copy, overwrite: true);
        try
        {
            using (FileStream written = new(copy, FileMode.Open, FileAccess.ReadWrite))
            {
                written.Flush(flushToDisk: true);
            }

            return use(copy);
        }
        finally
        {
            File.Delete(copy);
        }
    }
}
