using System.Collections.Immutable;
using NUnit.Framework;

namespace Migrations.Tests.Support;

/// <summary>
/// Everything in a database that must be kept: the rows of sqlite_schema, every row of every table with storage classes and
/// rowids, sequences, statistics, pragmas and temporary objects. Taken by <see cref="Of"/>; immutable.
/// </summary>
public sealed partial class DatabaseSnapshot
{
    private DatabaseSnapshot(
        ImmutableArray<SchemaRow> schema,
        ImmutableArray<SchemaRow> temporary,
        ImmutableSortedDictionary<string, TableRows> tables,
        ImmutableSortedDictionary<string, string> pragmas)
    {
        Schema = schema;
        Temporary = temporary;
        Tables = tables;
        Pragmas = pragmas;
    }

    /// <summary>sqlite_schema in the order of its rowids.</summary>
    public ImmutableArray<SchemaRow> Schema { get; }

    /// <summary>sqlite_temp_schema in the order of its rowids.</summary>
    public ImmutableArray<SchemaRow> Temporary { get; }

    /// <summary>
    /// Rows by table: ordinary and shadow tables, sqlite_sequence and sqlite_stat*. Virtual tables are their shadow tables.
    /// </summary>
    public ImmutableSortedDictionary<string, TableRows> Tables { get; }

    /// <summary>Values of pragmas of the connection and of the database.</summary>
    public ImmutableSortedDictionary<string, string> Pragmas { get; }

    /// <summary>The same without some tables: their own rows of sqlite_schema, their indexes without text, and what they hold.</summary>
    public DatabaseSnapshot Except(params string[] tables) => new(
        [.. Schema.Where(row => !(Has(tables, row.TableName) && (row.Type is "table" || row.Sql is null)))],
        Temporary,
        Tables.RemoveRange(Tables.Keys.Where(name => Has(tables, name))),
        Pragmas);

    /// <summary>The same without some objects (tables, indexes, triggers, views), and what the tables among them hold.</summary>
    public DatabaseSnapshot ExceptObjects(params string[] names) => new(
        [.. Schema.Where(row => !Has(names, row.Name))],
        [.. Temporary.Where(row => !Has(names, row.Name))],
        Tables.RemoveRange(Tables.Keys.Where(name => Has(names, name))),
        Pragmas);

    /// <summary>The same without what some tables hold; their definitions stay.</summary>
    public DatabaseSnapshot ExceptRowsOf(params string[] tables) => new(
        Schema, Temporary, Tables.RemoveRange(Tables.Keys.Where(name => Has(tables, name))), Pragmas);

    /// <summary>The same without some columns of a table's rows.</summary>
    public DatabaseSnapshot ExceptColumns(string table, params string[] columns) => new(
        Schema, Temporary, Tables.SetItem(table, Tables[table].Without(columns)), Pragmas);

    /// <summary>The same without some pragmas.</summary>
    public DatabaseSnapshot ExceptPragmas(params string[] names) => new(
        Schema, Temporary, Tables, Pragmas.RemoveRange(names));

    /// <summary>The same with other rows of sqlite_schema: each as <paramref name="edit"/> gives it, without those it gives null for.</summary>
    public DatabaseSnapshot WithSchema(Func<SchemaRow, SchemaRow?> edit) =>
        new([.. Schema.Select(edit).OfType<SchemaRow>()], Temporary, Tables, Pragmas);

    /// <summary>The same with more rows at the end of sqlite_schema.</summary>
    public DatabaseSnapshot WithObjects(IEnumerable<SchemaRow> added) => new([.. Schema, .. added], Temporary, Tables, Pragmas);

    /// <summary>The same with other tables: each as <paramref name="edit"/> gives it.</summary>
    public DatabaseSnapshot WithTables(Func<string, TableRows, (string Name, TableRows Rows)> edit) => new(
        Schema,
        Temporary,
        Tables.Select(table => edit(table.Key, table.Value))
            .ToImmutableSortedDictionary(table => table.Name, table => table.Rows, NameComparer.Instance),
        Pragmas);

    /// <summary>
    /// What is different from an earlier snapshot, in words; empty where nothing is. The order within the triggers and within
    /// the indexes of a table counts, the order among tables does not. A table's own name may be quoted differently.
    /// </summary>
    public IReadOnlyList<string> DifferencesFrom(DatabaseSnapshot before)
    {
        List<string> differences = [];
        differences.AddRange(SchemaDifferences("", before.Schema, Schema));
        differences.AddRange(SchemaDifferences("temp ", before.Temporary, Temporary));
        foreach (string table in before.Tables.Keys.Union(Tables.Keys, NameComparer.Instance))
        {
            differences.AddRange((before.Tables.GetValueOrDefault(table), Tables.GetValueOrDefault(table)) switch
            {
                ({ } was, { } now) => now.DifferencesFrom(was).Select(difference => $"table {table}: {difference}"),
                ({ } was, null) => [$"table {table} with {was.Rows.Length} rows is gone"],
                _ => [$"table {table} is new"],
            });
        }

        foreach (string pragma in before.Pragmas.Keys.Union(Pragmas.Keys, StringComparer.Ordinal))
        {
            string was = before.Pragmas.GetValueOrDefault(pragma, "absent");
            string now = Pragmas.GetValueOrDefault(pragma, "absent");
            if (!string.Equals(was, now, StringComparison.Ordinal))
            {
                differences.Add($"pragma {pragma} was {was}, is {now}");
            }
        }

        return differences;
    }

    /// <summary>Fails the test with all differences where there are any.</summary>
    public void AssertSameAs(DatabaseSnapshot before)
    {
        IReadOnlyList<string> differences = DifferencesFrom(before);
        Assert.That(differences, Is.Empty, () => "The database is not as it was:\n" + string.Join('\n', differences));
    }

    private static bool Has(string[] names, string name) => names.Contains(name, NameComparer.Instance);

    private static IEnumerable<string> SchemaDifferences(
        string place, ImmutableArray<SchemaRow> before, ImmutableArray<SchemaRow> after)
    {
        ILookup<string, SchemaRow> was = before.ToLookup(GroupOf, StringComparer.Ordinal);
        ILookup<string, SchemaRow> now = after.ToLookup(GroupOf, StringComparer.Ordinal);
        foreach (string group in was.Select(rows => rows.Key).Union(now.Select(rows => rows.Key), StringComparer.Ordinal))
        {
            string old = string.Join("\n    ", was[group].Select(Print));
            string current = string.Join("\n    ", now[group].Select(Print));
            if (!string.Equals(old, current, StringComparison.Ordinal))
            {
                yield return $"{place}{group} was\n    {old}\n  is\n    {current}";
            }
        }
    }

    // Indexes that SQLite makes for constraints are named by position and have no text: they stand for the constraints
    // in the table's text, and come before the others again when a table is made anew.
    private static string GroupOf(SchemaRow row) => row.Type switch
    {
        "index" => $"{(row.Sql is null ? "automatic indexes" : "indexes")} of {row.TableName}",
        "trigger" => $"triggers of {row.TableName}",
        _ => $"{row.Type} {row.Name}",
    };

    private static string Print(SchemaRow row) => $"{row.Name}: {row.SqlWithQuotedName ?? "(no text)"}";
}
