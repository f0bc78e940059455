using Microsoft.Win32.SafeHandles;
using Migrations.Runner.Files;

namespace Migrations.Runner.Locking;

/// <summary>The file whose exclusive lock is the upgrade lock. It is never deleted: a process may be waiting for this very file.</summary>
internal static class LockFile
{
    // errno, and the codes of Windows in the lower half of the HRESULT.
    private const int TryAgain = 11;
    private const int TryAgainOnMac = 35;
    private const int NoSpace = 28;
    private const int NotADirectory = 20;
    private const int ReadOnlyFileSystem = 30;
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LockViolation = unchecked((int)0x80070021);
    private const int WriteProtected = unchecked((int)0x80070013);
    private const int DiskFull = unchecked((int)0x80070070);

    /// <summary>The locked file, null where somebody else has it locked. Child processes do not inherit it.</summary>
    /// <exception cref="DatabaseUnusableException">The file can't be made or opened.</exception>
    public static SafeFileHandle? TryOpen(DatabaseFile file, string path)
    {
        try
        {
            bool isNew = !File.Exists(path);
            SafeFileHandle handle = Open(path);
            if (isNew)
            {
                ShareAsDatabase(file, path);
            }

            return handle;
        }
        catch (IOException e) when (IsHeld(e))
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            DatabaseProblem problem = ProblemOf(e, path);
            throw new DatabaseUnusableException(problem, file.Name, Describe(problem, file, path, e), e);
        }
    }

    private static SafeFileHandle Open(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException) when (File.Exists(path))
        {
            // Another user's process has made it; a lock needs no more than reading.
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.None);
        }
    }

    // Whoever may write the database must be able to lock it.
    private static void ShareAsDatabase(DatabaseFile file, string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(file.Path))
        {
            return;
        }

        try
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(file.Path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A file system without modes asks for none.
        }
    }

    private static bool IsHeld(IOException e) => OperatingSystem.IsWindows()
        ? e.HResult is SharingViolation or LockViolation
        : e.HResult is TryAgain or TryAgainOnMac;

    private static DatabaseProblem ProblemOf(Exception e, string path) => e switch
    {
        DirectoryNotFoundException or FileNotFoundException => DatabaseProblem.FolderMissing,
        IOException { HResult: NotADirectory } => DatabaseProblem.FolderMissing,
        IOException { HResult: ReadOnlyFileSystem or WriteProtected } => DatabaseProblem.ReadOnlyFolder,
        IOException { HResult: NoSpace or DiskFull } => DatabaseProblem.DiskFull,
        UnauthorizedAccessException => File.Exists(path) ? DatabaseProblem.AccessDenied : DatabaseProblem.ReadOnlyFolder,
        _ => DatabaseProblem.Other,
    };

    private static string Describe(DatabaseProblem problem, DatabaseFile file, string path, Exception e) =>
        $"\"{file.Name}\" can't be upgraded, because the file \"{path}\", whose lock keeps two upgrades apart, can't be opened: {e.Message} "
        + problem switch
        {
            DatabaseProblem.FolderMissing => "Create the folder, or correct the path.",
            DatabaseProblem.ReadOnlyFolder => "Give the process the right to write to the folder: SQLite keeps its journal there too.",
            DatabaseProblem.AccessDenied => "Give the process the right to read that file.",
            DatabaseProblem.DiskFull => "Make room on the disk.",
            _ => "Move the database to where the process can create files beside it.",
        };
}
