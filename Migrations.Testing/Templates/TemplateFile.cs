using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Migrations.Runner.Backup;

namespace Migrations.Testing.Templates;

/// <summary>A template as a file: a mark, a hash of the file's name and of all pages, and the pages.</summary>
internal static class TemplateFile
{
    public const string Extension = ".template";
    public const string PartialExtension = ".partial";

    private const int WriteVersion = 18;
    private const int ReadVersion = 19;
    private const byte Logged = 2;

    private static ReadOnlySpan<byte> Mark => "migrated database 1\n"u8;

    private static ReadOnlySpan<byte> DatabaseMark => "SQLite format 3\0"u8;

    /// <summary>Whether a template can be told from a damaged one: encrypted pages can't.</summary>
    public static bool CanHold(Template template) => !template.IsNone && IsWhole(template);

    /// <summary>Reads a file; null where it is not there, or is not what was written under this name.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not read it.</exception>
    public static Template? Read(string path)
    {
        byte[] content;
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            content = new byte[file.Length];
            file.ReadExactly(content);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or EndOfStreamException)
        {
            return null;
        }

        int start = Mark.Length + SHA256.HashSizeInBytes;
        if (content.Length <= start || !content.AsSpan().StartsWith(Mark))
        {
            return null;
        }

        ReadOnlySpan<byte> pages = content.AsSpan(start);
        if (!content.AsSpan(Mark.Length, SHA256.HashSizeInBytes).SequenceEqual(Hash(path, pages)))
        {
            return null;
        }

        Template template = Template.Of(pages);
        return IsWhole(template) ? template : null;
    }

    /// <summary>Writes a new file, which is going to have another name.</summary>
    public static void Write(string path, string name, Template template)
    {
        using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        file.Write(Mark);
        file.Write(Hash(name, template.Pages));
        file.Write(template.Pages);
    }

    private static byte[] Hash(string path, ReadOnlySpan<byte> pages)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(path) + "\n"));
        hash.AppendData(pages);
        return hash.GetHashAndReset();
    }

    private static bool IsWhole(Template template)
    {
        if (!template.Pages.StartsWith(DatabaseMark))
        {
            return false;
        }

        Template read = template;
        if (template.Pages[ReadVersion] == Logged)
        {
            // Memory can't hold a database with a write-ahead log (c3ref/deserialize.html).
            byte[] pages = template.Pages.ToArray();
            pages[WriteVersion] = pages[ReadVersion] = 1;
            read = Template.Of(pages);
        }

        using SqliteConnection connection = read.Open();
        bool isWhole = !QuickCheck.Run(connection, CancellationToken.None).IsDamaged;
        GC.KeepAlive(read);
        return isWhole;
    }
}
