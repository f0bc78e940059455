using System.Diagnostics;
using System.Globalization;
using NUnit.Framework;

namespace Migrations.Tests.Processes;

/// <summary>A file system in memory of a given size, mounted for one test; ignores the test where mounting is not allowed.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo folder;

    private SmallDisk(DirectoryInfo folder) => this.folder = folder;

    public string FullName => folder.FullName;

    private string Filler => Path.Combine(FullName, "filler");

    public static SmallDisk Mount(long size)
    {
        DirectoryInfo made = Directory.CreateTempSubdirectory("migrations-disk-");
        string options = string.Create(CultureInfo.InvariantCulture, $"size={size}");
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || Run("mount", "-t", "tmpfs", "-o", options, "tmpfs", made.FullName) != 0)
        {
            made.Delete();
            Assert.Ignore("A small disk can't be mounted here: skipped");
        }

        return new(made);
    }

    /// <summary>Fills the disk but for some bytes.</summary>
    public void LeaveFree(long bytes)
    {
        byte[] zeros = new byte[Math.Max(0, new DriveInfo(FullName).AvailableFreeSpace - bytes)];
        File.WriteAllBytes(Filler, zeros);
    }

    /// <summary>Makes the room free again.</summary>
    public void Clear() => File.Delete(Filler);

    public void Dispose()
    {
        Assert.That(Run("umount", FullName), Is.Zero, "somebody still has a file open on the disk");
        folder.Delete();
    }

    private static int Run(string program, params string[] args)
    {
        ProcessStartInfo start = new(program, args) { UseShellExecute = false, RedirectStandardError = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"\"{program}\" did not start.");
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
