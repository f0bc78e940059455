using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Migrations.Tests.Support;

namespace Migrations.Tests.Corpus;

/// <summary>
/// A real schema with rows in its tables, made once and kept in memory; tests work on copies of their own. What could not be
/// done is named: tables without rows, and views and triggers that don't compile.
/// </summary>
internal sealed class CorpusDatabase
{
    /// <summary>Set to 1 it has every change tried on every column.</summary>
    public const string Variable = "MIGRATIONS_ALL_COLUMNS";

    private const int LargeSchema = 12;

    private static readonly ConcurrentDictionary<string, Lazy<CorpusDatabase>> Templates = new(StringComparer.Ordinal);

    private readonly string name;
    private readonly TestDatabase template;
    private readonly Lock copying = new();
    private readonly bool allowsDoubleQuotedStrings;

    private CorpusDatabase(string name)
    {
        this.name = name;
        string sql = File.ReadAllText(SharedFiles.File("corpus", name).FullName);
        template = TestDatabase.InMemory().Execute("PRAGMA foreign_keys = OFF");
        allowsDoubleQuotedStrings = AllowsDoubleQuotedStrings(name);
        template.AllowDoubleQuotedStrings(allowsDoubleQuotedStrings);
        RegisterFunctions(template.Connection);
        template.Execute(sql);
        WithoutRows = GeneratedRows.Fill(template.Connection);
        template.Execute("ANALYZE");
        Problems = Integrity.Problems(template.Connection);
        Tables = [.. template.Rows("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY name")
            .Select(row => (string)row[0]!)];
    }

    /// <summary>The files of the corpus, or one that is looked for in vain where there is none.</summary>
    public static IEnumerable<string> Names =>
        SharedFiles.AreThere ? SharedFiles.Files("corpus", "*.sql").Select(file => file.Name) : ["mailu.sql"];

    /// <summary>Ordinary tables.</summary>
    public ImmutableArray<string> Tables { get; }

    /// <summary>Tables for which no rows were found.</summary>
    public IReadOnlyList<string> WithoutRows { get; }

    /// <summary>What does not hold in the schema as it comes: views and triggers that don't compile.</summary>
    public IReadOnlyList<string> Problems { get; }

    public static CorpusDatabase Of(string name) =>
        Templates.GetOrAdd(name, static name => new Lazy<CorpusDatabase>(() => new CorpusDatabase(name))).Value;

    /// <summary>A copy in memory.</summary>
    public TestDatabase Copy()
    {
        TestDatabase copy = TestDatabase.InMemory();
        lock (copying)
        {
            template.Connection.BackupDatabase(copy.Connection);
        }

        RegisterFunctions(copy.Connection);
        return copy.AllowDoubleQuotedStrings(allowsDoubleQuotedStrings);
    }

    /// <summary>
    /// Runs a test for columns of the tables, on a copy of what has to do with the table, with foreign keys off. The test takes back
    /// what it changes. A table that an earlier file has in the same words is left to that file. To be quick, of columns that differ by
    /// nothing but their names the first is tested, and in a large schema each change on a ninth of the tables or fewer, unless
    /// <see cref="Variable"/> asks for all.
    /// </summary>
    public void ForEachColumn(CorpusChange change, Action<Trial, string> test)
    {
        Neighbourhood neighbourhood = new(template.Connection);
        bool all = Environment.GetEnvironmentVariable(Variable) is "1";
        string[] own = [.. Tables.Where(table => CorpusDuplicates.FirstFile(TextsOf(template.Connection, table)) == name)];

        // Where many triggers and views hang together SQLite takes seconds for one rename: it reads them all anew, several times.
        bool isDense = template.Scalar<long>("SELECT count(*) FROM sqlite_schema WHERE type IN ('trigger', 'view')") > 40;
        int step = all || own.Length <= LargeSchema ? 1 : isDense ? 27 : 9;
        foreach (string table in own.Where((_, i) => step == 1 || i % step == (int)change))
        {
            using TestDatabase database = Copy().Execute("PRAGMA foreign_keys = OFF");
            neighbourhood.Isolate(database.Connection, table);
            Trial trial = new(database, table, DatabaseContent.Of(database.Connection), allowsDoubleQuotedStrings);
            foreach (string column in trial.Columns(all).Take(isDense && !all ? 2 : int.MaxValue))
            {
                test(trial, column);
            }
        }
    }

    /// <summary>The texts of a table, its indexes and triggers.</summary>
    public static string TextsOf(SqliteConnection connection, string table) => string.Join('\n', connection
        .Rows($"SELECT sql FROM sqlite_schema WHERE tbl_name = '{table.Replace("'", "''", StringComparison.Ordinal)}' COLLATE NOCASE AND sql IS NOT NULL ORDER BY sql")
        .Select(row => row[0]));

    /// <summary>Prepares a connection as the application that a file comes from does.</summary>
    public static void Prepare(string name, SqliteConnection connection)
    {
        RegisterFunctions(connection);
        TestDatabase.AllowDoubleQuotedStrings(connection, AllowsDoubleQuotedStrings(name));
    }

    private static bool AllowsDoubleQuotedStrings(string name) => name.StartsWith("mozilla-places", StringComparison.Ordinal);

    // What Firefox registers on its connections to these databases.
    private static void RegisterFunctions(SqliteConnection connection) => connection.CreateFunction("now", static () => 0L);
}
