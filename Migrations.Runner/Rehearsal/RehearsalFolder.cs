using Migrations.Runner.Files;

namespace Migrations.Runner.Rehearsal;

/// <summary>A folder of one rehearsal's own for the copies, which nobody else may read; deleted with all that is in it.</summary>
internal sealed class RehearsalFolder : IDisposable
{
    /// <summary>What the names of all such folders begin with.</summary>
    public const string Prefix = "migrations-rehearsal-";

    private readonly DatabaseFile live;
    private bool isKept;

    private RehearsalFolder(DatabaseFile live, string path)
    {
        this.live = live;
        Path = path;
    }

    public string Path { get; }

    /// <summary>Makes a folder in another one, which is made too where it is missing.</summary>
    /// <exception cref="DatabaseUnusableException">It can't be made.</exception>
    public static RehearsalFolder Make(DatabaseFile live, string? parent)
    {
        string root = System.IO.Path.GetFullPath(parent ?? System.IO.Path.GetTempPath());
        try
        {
            Directory.CreateDirectory(root);
            string path = System.IO.Path.Combine(root, $"{Prefix}{Guid.NewGuid():N}");
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                // The system's folder is everybody's, and the rows are not.
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            return new(live, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw RehearsalFaults.Folder(live, root, e);
        }
    }

    /// <summary>A file in it; its name is that of the live one, so that messages and names of temporary files stay short and clear.</summary>
    public DatabaseFile File(string step) => live.At(System.IO.Path.Combine(MakeStep(step), Name));

    /// <summary>Copies a file of this folder that nobody has open: one without a log and without a journal.</summary>
    public DatabaseFile Copy(DatabaseFile from, string step)
    {
        DatabaseFile to = File(step);
        System.IO.File.Copy(from.Path, to.Path, overwrite: true);
        return to;
    }

    /// <summary>Deletes a copy.</summary>
    public static void Delete(DatabaseFile file) => Directory.Delete(file.Folder, recursive: true);

    /// <summary>Lets one copy stay when this is disposed of.</summary>
    public void Keep(DatabaseFile file)
    {
        isKept = true;
        foreach (string other in Directory.EnumerateDirectories(Path).Where(folder => folder != file.Folder))
        {
            Directory.Delete(other, recursive: true);
        }
    }

    /// <summary>Deletes the folder.</summary>
    /// <exception cref="DatabaseUnusableException">Something of it can't be deleted.</exception>
    public void Dispose()
    {
        if (isKept)
        {
            return;
        }

        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw RehearsalFaults.Leftover(live, Path, e);
        }
    }

    private string Name => live.IsInMemory ? "copy.db" : System.IO.Path.GetFileName(live.Path);

    private string MakeStep(string step) => Directory.CreateDirectory(System.IO.Path.Combine(Path, step)).FullName;
}
