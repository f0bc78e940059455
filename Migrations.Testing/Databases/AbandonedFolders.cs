using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;

namespace Migrations.Testing.Databases;

/// <summary>
/// Deletes what processes that died have left of their databases. A folder is theirs where its lock is free and nothing has changed in it for
/// an hour: a file system may know no locks, and a folder is there a moment before its lock is.
/// </summary>
internal static class AbandonedFolders
{
    private static readonly TimeSpan Rest = TimeSpan.FromHours(1);
    private static readonly ConcurrentDictionary<string, bool> Seen = new(StringComparer.Ordinal);

    /// <summary>Looks once in a process for each folder; what can't be deleted stays.</summary>
    public static void DeleteOnce(string root)
    {
        if (Seen.TryAdd(root, value: true))
        {
            Delete(root);
        }
    }

    /// <summary>Looks now.</summary>
    public static void Delete(string root)
    {
        DateTime before = TimeProvider.System.GetUtcNow().UtcDateTime - Rest;
        try
        {
            foreach (string folder in Directory.EnumerateDirectories(root, TemporaryFolder.Prefix + "*"))
            {
                if (Directory.GetLastWriteTimeUtc(folder) < before && !HasOwner(folder))
                {
                    TemporaryFolder.TryDelete(folder);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What others have left there is no reason to fail a test.
        }
    }

    private static bool HasOwner(string folder)
    {
        try
        {
            using SafeFileHandle owner = File.OpenHandle(Path.Combine(folder, TemporaryFolder.OwnerFile), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
