using Microsoft.Data.Sqlite;
using Migrations.Tests.Support;

namespace Migrations.Tests.Processes;

/// <summary>A thing at the database's path that can't be upgraded, and what must be said of it. Immutable.</summary>
public sealed class FaultyFile(string name, string type, string problem, string wayOut, Action<string> make)
{
    private const string Unusable = "DatabaseUnusableException";
    private const string Refused = "UpgradeRefusedException";

    /// <summary>All of them; each is made of a good database at the first version, which lies at the path.</summary>
    public static IReadOnlyList<FaultyFile> All { get; } =
    [
        new("a text file", Unusable, "NotADatabase", "name another file", path => File.WriteAllText(path, string.Concat(Enumerable.Repeat("Dear reader, this is a letter. ", 100)))),
        new("a short text file", Unusable, "NotADatabase", "name another file", path => File.WriteAllText(path, "x")),
        new("random bytes", Unusable, "Encrypted", "key", path => File.WriteAllBytes(path, RandomBytes(16 * 4096))),
        new("a truncated file", Unusable, "Damaged", "backup", path => Truncate(path, part: 3)),
        new("a file cut in its first page", Unusable, "Damaged", "backup", path => Truncate(path, part: 1_000_000)),
        new("a damaged page of a table", Unusable, "Damaged", "backup", path => Overwrite(path, PageOf(path, "user", isLeaf: true))),
        new("a damaged root of an index", Unusable, "Damaged", "backup", path => Overwrite(path, PageOf(path, "sqlite_autoindex_alias_1", isLeaf: false))),
        new("a damaged schema", Unusable, "Damaged", "backup", path => Overwrite(path, page: 1)),
        new("a folder", Unusable, "IsFolder", "name a file", path =>
        {
            File.Delete(path);
            Directory.CreateDirectory(path);
        }),
        new("another application's database", Refused, "OtherApplication", "", path => Execute(path, "PRAGMA application_id = 77")),
        new("a database without history", Refused, "Unversioned", "", path => Execute(path, "DROP TABLE VersionInfo")),
        new("a newer database", Refused, "NewerThanApplication", "99", path => Execute(path, "INSERT INTO VersionInfo (Version, AppliedOn, Description) VALUES (99, '2030-01-01', 'the future')")),
    ];

    /// <summary>The type of the error.</summary>
    public string Type => type;

    /// <summary>The problem, or the state, that the error tells.</summary>
    public string Problem => problem;

    /// <summary>What the message must name.</summary>
    public string WayOut => wayOut;

    /// <summary>Replaces the database at the path.</summary>
    public void Make(string path) => make(path);

    public override string ToString() => name;

    private static byte[] RandomBytes(int count)
    {
        byte[] bytes = new byte[count];
        new Random(20_261_123).NextBytes(bytes);
        return bytes;
    }

    private static void Truncate(string path, int part)
    {
        using FileStream file = File.OpenWrite(path);
        file.SetLength(Math.Max(100, file.Length / part));
    }

    // The header of the first page's 100 bytes stays: the file is still an SQLite database's.
    private static void Overwrite(string path, long page)
    {
        const int PageSize = 4096;
        using FileStream file = File.OpenWrite(path);
        file.Position = ((page - 1) * PageSize) + (page == 1 ? 100 : 0);
        file.Write(RandomBytes(PageSize - (page == 1 ? 100 : 0)));
    }

    private static long PageOf(string path, string tree, bool isLeaf)
    {
        using SqliteConnection connection = Open(path);
        long root = connection.Scalar<long>($"SELECT rootpage FROM sqlite_schema WHERE name = '{tree}'");
        if (!isLeaf)
        {
            return root;
        }

        // The right-most child of the root, which is an interior page (fileformat2.html#b_tree_pages).
        byte[] file = File.ReadAllBytes(path);
        ReadOnlySpan<byte> page = file.AsSpan((int)(root - 1) * 4096, 4096);
        return page[0] == 5
            ? System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(page[8..])
            : throw new InvalidOperationException($"The table {tree} has one page only.");
    }

    private static void Execute(string path, string sql)
    {
        using SqliteConnection connection = Open(path);
        connection.Execute(sql);
    }

    private static SqliteConnection Open(string path)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
