using Migrations.Tests.Support;

namespace Migrations.Tests.Corpus;

/// <summary>Which file of the corpus first has a table in the same words: several files hold one application at two times, or with its rows.</summary>
internal static class CorpusDuplicates
{
    private static readonly Lazy<Dictionary<string, string>> Files = new(Read);

    /// <summary>The file that tests a table of these texts, by <see cref="CorpusDatabase.TextsOf"/>.</summary>
    public static string FirstFile(string texts) => Files.Value[texts];

    private static Dictionary<string, string> Read()
    {
        Dictionary<string, string> files = new(StringComparer.Ordinal);
        foreach (string name in CorpusDatabase.Names.OrderBy(name => name.Contains("-data", StringComparison.Ordinal)))
        {
            using TestDatabase database = TestDatabase.InMemory().AllowDoubleQuotedStrings()
                .Execute("PRAGMA foreign_keys = OFF").Execute(File.ReadAllText(SharedFiles.File("corpus", name).FullName));
            foreach (object?[] table in database.Rows("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT GLOB 'sqlite_*'"))
            {
                files.TryAdd(CorpusDatabase.TextsOf(database.Connection, (string)table[0]!), name);
            }
        }

        return files;
    }
}
