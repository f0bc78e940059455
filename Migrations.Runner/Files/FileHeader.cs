using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Migrations.Runner.Files;

/// <summary>
/// The beginning of a file that SQLite refuses, and its size (fileformat2.html#the_database_header). Immutable.
/// </summary>
internal sealed class FileHeader
{
    private const int SampleSize = 4096;

    // LOCK_UN of flock(2).
    private const int Unlock = 8;

    // Closing any handle of a file lets go of all POSIX locks that this process holds on it, also those of the application's own
    // connections to it (howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_). So a handle is never
    // closed there, and is opened again only for a file that has changed since.
    private static readonly ConcurrentBag<SafeFileHandle> NeverClosed = [];
    private static readonly ConcurrentDictionary<string, FileHeader> Known = new(StringComparer.Ordinal);

    private readonly byte[] sample;
    private readonly DateTime changedAt;

    private FileHeader(byte[] sample, long length, DateTime changedAt)
    {
        this.sample = sample;
        this.changedAt = changedAt;
        Length = length;
    }

    /// <summary>The size of the file.</summary>
    public long Length { get; }

    /// <summary>Whether there is one byte which SQLite has not written: it takes any for an empty database, as it makes one on some systems.</summary>
    public bool IsForeignByte => Length == 1 && sample is not [(byte)'S'];

    /// <summary>Whether the file begins as every SQLite database does.</summary>
    public bool IsSqlite => sample.AsSpan().StartsWith("SQLite format 3\0"u8);

    /// <summary>
    /// Whether the file looks like an encrypted database: the first sixteen bytes are no SQLite database's, and either the eight
    /// after them are (as extensions with plain header fields leave them), or whole pages follow in which every byte is about as
    /// frequent as every other.
    /// </summary>
    public bool LooksEncrypted => !IsSqlite && (HasPlainFields || (Length >= 512 && Length % 512 == 0 && IsNoise));

    /// <summary>The size of a page by the header; 0 where there is none.</summary>
    public int PageSize => !IsSqlite || sample.Length < 18 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(sample.AsSpan(16)) is var size && size == 1 ? 65536 : size;

    /// <summary>The number of pages by the header; 0 where there is none, or where the header says that it is not kept.</summary>
    public long PageCount =>
        sample.Length >= 100 && IsSqlite && sample.AsSpan(24, 4).SequenceEqual(sample.AsSpan(92, 4))
            ? BinaryPrimitives.ReadUInt32BigEndian(sample.AsSpan(28))
            : 0;

    private bool HasPlainFields =>
        sample.Length >= 24
        && int.IsPow2(BinaryPrimitives.ReadUInt16BigEndian(sample.AsSpan(16)))
        && sample[18] is 1 or 2
        && sample[19] is 1 or 2
        && sample.AsSpan(21, 3).SequenceEqual((ReadOnlySpan<byte>)[64, 32, 32]);

    // Pearson's test against equal frequencies: 255 degrees of freedom, so noise is above 400 or below 140 less than once in a million.
    private bool IsNoise
    {
        get
        {
            Span<int> counts = stackalloc int[256];
            foreach (byte value in sample)
            {
                counts[value]++;
            }

            double expected = sample.Length / 256.0;
            double sum = 0;
            foreach (int count in counts)
            {
                sum += (count - expected) * (count - expected) / expected;
            }

            return sum is > 140 and < 400;
        }
    }

    /// <summary>Reads a file; the caller handles the errors of doing so.</summary>
    public static FileHeader Read(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            using SafeFileHandle handle = Open(path);
            return Read(handle);
        }

        if (Known.TryGetValue(path, out FileHeader? known)
            && new FileInfo(path) is { Exists: true } file
            && file.Length == known.Length
            && file.LastWriteTimeUtc == known.changedAt)
        {
            return known;
        }

        SafeFileHandle kept = Open(path);
        NeverClosed.Add(kept);

        // .NET's own advisory lock would keep others from writing the file anew; SQLite knows nothing of it.
        _ = Lock(kept, Unlock);
        return Known[path] = Read(kept);
    }

#pragma warning disable SYSLIB1054 // The generated form needs unsafe code.
    [DllImport("libc", EntryPoint = "flock")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Lock(SafeFileHandle file, int operation);
#pragma warning restore SYSLIB1054

    private static SafeFileHandle Open(string path) =>
        File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private static FileHeader Read(SafeFileHandle handle)
    {
        long length = RandomAccess.GetLength(handle);
        byte[] beginning = new byte[Math.Min(SampleSize, length)];
        int read = RandomAccess.Read(handle, beginning, 0);
        return new(beginning[..read], length, File.GetLastWriteTimeUtc(handle));
    }
}
