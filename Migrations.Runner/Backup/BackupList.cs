using System.Collections.Immutable;
using System.IO.Enumeration;
using Microsoft.Extensions.Logging;

namespace Migrations.Runner.Backup;

/// <summary>The backups of one stem in a folder, told from all other files by their names alone.</summary>
internal static class BackupList
{
    /// <summary>Newest first; empty where there is no such folder.</summary>
    public static ImmutableArray<DatabaseBackup> Read(string folder, string stem)
    {
        DirectoryInfo directory = new(System.IO.Path.GetFullPath(folder.Length == 0 ? "." : folder));
        if (stem.Length == 0 || !directory.Exists)
        {
            return [];
        }

        List<(BackupName Name, FileInfo File)> found = [];
        foreach (string path in Files(directory.FullName, stem))
        {
            if (BackupName.Parse(stem, System.IO.Path.GetFileName(path)) is { } name)
            {
                found.Add((name, new(path)));
            }
        }

        return
        [
            .. found.OrderByDescending(backup => backup.Name.Time).ThenByDescending(backup => backup.File.Name, StringComparer.Ordinal)
                .Select(backup => new DatabaseBackup(backup.File.FullName, backup.Name.Time, backup.Name.Versions, backup.File.Length)),
        ];
    }

    /// <summary>What an interrupted backup left; empty where the folder can't be read.</summary>
    public static ImmutableArray<string> Unfinished(string folder, string stem)
    {
        try
        {
            return [.. Files(folder, stem).Where(path => BackupName.IsUnfinished(stem, System.IO.Path.GetFileName(path)))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    public static void Prune(Func<ImmutableArray<DatabaseBackup>> list, DatabaseBackup made, int keep, string database, ILogger logger)
    {
        ImmutableArray<DatabaseBackup> backups;
        try
        {
            backups = list();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            BackupLog.NotListed(logger, database, e);
            return;
        }

        // A clock that was set back puts the one just made behind older ones.
        foreach (DatabaseBackup old in backups.Where(backup => backup.Path != made.Path).Skip(Math.Max(0, keep - 1)))
        {
            try
            {
                File.Delete(old.Path);
                BackupLog.Pruned(logger, old.Path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                BackupLog.NotPruned(logger, old.Path, e);
            }
        }
    }

    // Among the files of many databases none is looked at, or even named, that can't be meant.
    private static FileSystemEnumerable<string> Files(string folder, string stem)
    {
        string start = stem + ".";
        return new(
            System.IO.Path.GetFullPath(folder.Length == 0 ? "." : folder),
            (ref FileSystemEntry entry) => entry.ToFullPath(),
            new EnumerationOptions { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => entry.FileName.StartsWith(start, StringComparison.OrdinalIgnoreCase) && !entry.IsDirectory,
        };
    }
}
