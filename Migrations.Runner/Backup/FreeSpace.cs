using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Runner.Connections;
using Migrations.Runner.Files;
using Migrations.Runner.Locking;

namespace Migrations.Runner.Backup;

/// <summary>Whether the drives have room for what is about to be written; asked before anything is.</summary>
internal sealed class FreeSpace(DatabaseFile file, CopySettings settings, string wayOut = FreeSpace.WayOut)
{
    private const string WayOut =
        "Nothing was changed. Free some space, name a folder on another drive in Backup.Folder, or switch Backup.ChecksFreeSpace off.";

    /// <summary>The size of the database in bytes, as a copy of it will have.</summary>
    public static long SizeOf(SqliteConnection connection) =>
        connection.ReadInteger("PRAGMA main.page_count") * connection.ReadInteger("PRAGMA main.page_size");

    /// <summary>Compares what is needed in each folder with what is free; needs on one drive are summed.</summary>
    /// <exception cref="DatabaseUnusableException">There is too little.</exception>
    public void Require(params IReadOnlyList<(string Folder, long Bytes)> needs)
    {
        Dictionary<string, (long Needed, long Free, string Folder)> drives = new(StringComparer.Ordinal);
        foreach ((string folder, long bytes) in needs)
        {
            if (settings.Drives(folder) is { } space)
            {
                drives[space.Drive] = (drives.GetValueOrDefault(space.Drive).Needed + bytes, space.Free, folder);
            }
        }

        foreach ((string drive, (long needed, long free, string folder)) in drives)
        {
            if (needed > free)
            {
                throw new DatabaseUnusableException(
                    DatabaseProblem.DiskFull,
                    file.Name,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The drive {drive} of \"{folder}\" has {free} bytes free, and {needed} may be needed for \"{file.Name}\". {wayOut}"));
            }
        }
    }

    /// <summary>The size of the database with its write-ahead log, which a checkpoint may have to write once more.</summary>
    public long WithLog(SqliteConnection connection)
    {
        FileInfo log = new(RealPath.Of(file.Path) + "-wal");
        return SizeOf(connection) + (log.Exists ? log.Length : 0);
    }
}
