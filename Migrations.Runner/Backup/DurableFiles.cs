using System.Runtime.InteropServices;
using System.Text;

namespace Migrations.Runner.Backup;

/// <summary>Files and names that outlast a loss of power.</summary>
internal static class DurableFiles
{
    /// <summary>Writes a file's content through to the disk. Never for a database in use: closing it would drop SQLite's POSIX locks.</summary>
    public static void Flush(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Writes the names in a folder through to the disk; Windows does so by itself.</summary>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int handle = Open(Terminated(folder), 0);
        if (handle < 0)
        {
            return;
        }

        // Some file systems know no such thing; the rename itself has been done in any case.
        _ = Synchronize(handle);
        _ = Close(handle);
    }

    /// <summary>
    /// Gives a file a second name, which costs no space and does not open it; copies it where the file system knows no second names.
    /// </summary>
    /// <remarks>
    /// Copying closes a handle of the file, and so drops the POSIX locks of this process on it. It is done only to a database that SQLite
    /// can't read and that is about to be replaced: what connections still hold there protects nothing any more.
    /// </remarks>
    public static void Link(string path, string second)
    {
        if (OperatingSystem.IsWindows() || HardLink(Terminated(path), Terminated(second)) != 0)
        {
            File.Copy(path, second, overwrite: false);
            Flush(second);
        }
    }

    private static byte[] Terminated(string path) => Encoding.UTF8.GetBytes(path + "\0");

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Synchronize(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int HardLink(byte[] path, byte[] second);
}
