using Migrations.Core.Alteration.Editing;
using Migrations.Core.Schema;
using Migrations.Core.Schema.Comparison;
using Migrations.Core.Syntax;
using Migrations.Tests.Corpus;
using Migrations.Tests.Support;

namespace Migrations.Tests.Properties;

/// <summary>
/// All that strategies have to agree on: what tables mean to SQLite, texts, rows, sequences, settings, problems, and what comes of inserts
/// and updates.
/// </summary>
internal sealed class DatabaseState
{
    private readonly TestDatabase database;
    private readonly string table;
    private readonly string text;
    private readonly string[] meaning;
    private readonly DatabaseSnapshot snapshot;
    private readonly string[] outcomes;

    private DatabaseState(TestDatabase database, string table, int seed)
    {
        this.database = database;
        this.table = table;
        snapshot = DatabaseSnapshot.Of(database.Connection);
        string[] tables = [.. snapshot.Schema.Where(row => row.Type is "table" && !row.Name.StartsWith("sqlite_", StringComparison.Ordinal)).Select(row => row.Name).Order(StringComparer.Ordinal)];
        text = snapshot.Schema.First(row => row.Type is "table" && NameComparer.Instance.Equals(row.Name, table)).SqlWithQuotedName!;
        meaning = [.. tables.SelectMany(name => TableMeaning.Of(database.Connection, name).Lines.Select(line => $"{name}: {line}"))];
        Problems = Integrity.Problems(database.Connection);

        // Where several foreign keys act on the same parent's rows SQLite takes them in an order of its own, and one may stop another.
        bool isAmbiguous = database.Scalar<long>(
            "SELECT count(*) FROM (SELECT 1 FROM pragma_table_list AS t, pragma_foreign_key_list(t.name) AS k WHERE t.schema = 'main' AND t.type = 'table' AND k.seq = 0 GROUP BY k.\"table\" COLLATE NOCASE HAVING count(*) > 1)") > 0;
        database.Execute($"PRAGMA foreign_keys = {(isAmbiguous ? "OFF" : "ON")}");
        outcomes =
        [
            .. Inserts.Outcomes(database, [table], new Random(seed), valuesPerColumn: 2),
            .. Inserts.Outcomes(database, tables.Where(name => name != table && name != "log"), new Random(seed), valuesPerColumn: 0),
        ];
    }

    /// <summary>What SQLite says is wrong.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>Reads the state; inserts are tried with foreign keys as they stay.</summary>
    public static DatabaseState Of(TestDatabase database, string table, int seed) => new(database, table, seed);

    /// <summary>In words; empty where there are none. A fresh database has no statistics or settings, and may have no table of sequences.</summary>
    public IEnumerable<string> DifferencesFrom(DatabaseState expected, bool isFresh, Wording wording)
    {
        string[] left = isFresh ? ["sqlite_stat1", "sqlite_stat4", "sqlite_sequence"] : [];
        string[] settings = isFresh ? [.. snapshot.Pragmas.Keys] : [];
        return
        [
            .. TableMeaning.Differences(expected.meaning, meaning),
            .. Compared(left, settings).DifferencesFrom(expected.Compared(left, settings)),
            .. TextDifferences(expected, wording),
            .. Problems.Except(expected.Problems, StringComparer.Ordinal),
            .. TableMeaning.Differences(expected.outcomes, outcomes),
        ];
    }

    private DatabaseSnapshot Compared(string[] left, string[] settings) => snapshot.ExceptObjects(left).ExceptPragmas(settings)
        .WithSchema(row => row.Type is "table" && NameComparer.Instance.Equals(row.Name, table) ? null : row);

    /// <summary>A copy takes the table's own name away from before columns; SQLite has words of its own.</summary>
    private IEnumerable<string> TextDifferences(DatabaseState expected, Wording wording)
    {
        string was = SelfReferences.Unqualified(CreateTableReader.Read(expected.text));
        string now = SelfReferences.Unqualified(CreateTableReader.Read(text));
        bool isSame = SqlTokens.MeaningEquals(was, now) && (wording == Wording.Columns || SqlTokens.Comments(was).SequenceEqual(SqlTokens.Comments(now), StringComparer.Ordinal));
        IEnumerable<string> meant = wording == Wording.Constraints
            ? TableComparison.Compare(Read(was), Read(now), SchemaReader.Read(expected.database.Connection, "main"), SchemaReader.Read(database.Connection, "main")).Select(difference => difference.ToString())
            : ["words"];
        return isSame || !meant.Any() ? [] : [.. meant, $"text was {was}", $"text is {now}"];
    }

    private TableSchema Read(string sql) => TableSchemaReader.Read(table, TableKind.Ordinary, sql);
}
