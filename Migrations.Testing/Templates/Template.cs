using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Migrations.Testing.Templates;

/// <summary>The pages of a database, to be copied any number of times at the same time. Immutable.</summary>
internal sealed class Template
{
    /// <summary>SQLITE_DESERIALIZE_READONLY.</summary>
    private const int ReadOnly = 4;

    private readonly byte[]? pages;

    private Template(byte[]? pages) => this.pages = pages;

    /// <summary>A database without anything in it.</summary>
    public static Template Empty { get; } = new([]);

    /// <summary>What stands for a database that is more than its pages, and must be migrated each time.</summary>
    public static Template None { get; } = new(pages: null);

    /// <summary>Whether copies can be made.</summary>
    public bool IsNone => pages is null;

    /// <summary>The pages as a file holds them.</summary>
    public ReadOnlySpan<byte> Pages => pages;

    /// <summary>Takes the pages of an open database in memory.</summary>
    public static Template Of(SqliteConnection connection)
    {
        IntPtr memory = raw.sqlite3_serialize(connection.Handle, "main", out long size, 0);
        if (memory == IntPtr.Zero)
        {
            throw new InvalidOperationException($"SQLite did not give the pages of \"{connection.DataSource}\".");
        }

        try
        {
            byte[] taken = Pinned(size);
            Marshal.Copy(memory, taken, 0, taken.Length);
            return new(taken);
        }
        finally
        {
            raw.sqlite3_free(memory);
        }
    }

    /// <summary>Takes the bytes of a file that nobody has open.</summary>
    public static Template Of(ReadOnlySpan<byte> file)
    {
        byte[] taken = Pinned(file.Length);
        file.CopyTo(taken);
        return new(taken);
    }

    /// <summary>Copies the pages into an empty database in memory that nobody else uses.</summary>
    public void CopyTo(SqliteConnection target)
    {
        if (pages is [])
        {
            return;
        }

        using SqliteConnection source = Open();
        source.BackupDatabase(target);
        GC.KeepAlive(pages);
    }

    /// <summary>Writes the pages into a new file; nothing of an empty database.</summary>
    public void CopyTo(string path)
    {
        if (pages is { Length: > 0 })
        {
            using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            file.Write(pages);
        }
    }

    /// <summary>Opens the pages where they are, for reading only. They must be kept alive until the connection is closed.</summary>
    public SqliteConnection Open()
    {
        SqliteConnection connection = new("Data Source=:memory:;Pooling=False");
        try
        {
            connection.Open();
            byte[] memory = pages ?? throw new InvalidOperationException("There are no pages.");
            int code = raw.sqlite3_deserialize(
                connection.Handle, "main", Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0), memory.Length, memory.Length, ReadOnly);
            SqliteException.ThrowExceptionForRC(code, connection.Handle);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // SQLite reads it where it lies.
    private static byte[] Pinned(long size) => GC.AllocateUninitializedArray<byte>(checked((int)size), pinned: true);
}
