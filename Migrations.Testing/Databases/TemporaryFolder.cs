using Microsoft.Win32.SafeHandles;

namespace Migrations.Testing.Databases;

/// <summary>
/// A folder of one database's own, deleted with all that is in it. While it is in use a file in it is locked, so that other processes can
/// tell it from one that a dead process has left: the system lets go of the lock when the process ends, however it ends.
/// </summary>
internal sealed class TemporaryFolder : IDisposable
{
    /// <summary>What the names of all such folders begin with.</summary>
    public const string Prefix = "migrations-test-";

    /// <summary>The file that is locked.</summary>
    public const string OwnerFile = "owner";

    private readonly string path;
    private readonly SafeFileHandle owner;

    private TemporaryFolder(string path, SafeFileHandle owner)
    {
        this.path = path;
        this.owner = owner;
    }

    /// <summary>Makes a folder in another, which is made too where it is missing; null stands for the system's folder of temporary files.</summary>
    /// <exception cref="IOException">It can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not write there.</exception>
    public static TemporaryFolder Make(string? parent)
    {
        string root = parent is null ? Path.GetTempPath() : Path.GetFullPath(parent);
        string made = Path.Combine(root, $"{Prefix}{Guid.NewGuid():N}");
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(made);
        }
        else
        {
            // The system's folder is everybody's.
            Directory.CreateDirectory(root);
            Directory.CreateDirectory(made, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        AbandonedFolders.DeleteOnce(root);
        try
        {
            return new(made, System.IO.File.OpenHandle(Path.Combine(made, OwnerFile), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None));
        }
        catch
        {
            Directory.Delete(made, recursive: true);
            throw;
        }
    }

    /// <summary>The path of a file in it.</summary>
    public string File(string name) => Path.Combine(path, name);

    /// <summary>
    /// Deletes it. What Windows does not delete because somebody has it open stays for a later process: an exception would hide that of
    /// the test.
    /// </summary>
    public void Dispose()
    {
        owner.Dispose();
        if (!TryDelete(path))
        {
            // Pools of the application's own connections keep files open.
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            TryDelete(path);
        }
    }

    /// <summary>Deletes a folder with all that is in it; false where something of it is still there.</summary>
    public static bool TryDelete(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
