using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Migrations.Tests.Support;

namespace Migrations.Tests.Corpus;

/// <summary>
/// What of a schema has to do with one table: the tables at the other end of foreign keys, every view, trigger and virtual table that
/// mentions it, and what those need to compile. The rest of a large schema can't make a difference, and costs time.
/// </summary>
internal sealed class Neighbourhood
{
    private readonly IReadOnlyList<SchemaRow> objects;
    private readonly ILookup<string, string> keys;
    private readonly Dictionary<string, HashSet<string>> mentions;

    public Neighbourhood(SqliteConnection connection)
    {
        objects = [.. connection.Rows("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*' AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow') ORDER BY rowid")
            .Select(row => new SchemaRow((string)row[0]!, (string)row[1]!, (string)row[2]!, (string?)row[3]))];
        keys = connection.Rows("SELECT l.name, f.\"table\" FROM pragma_table_list AS l, pragma_foreign_key_list(l.name) AS f WHERE l.schema = 'main'")
            .SelectMany(row => new[] { ((string)row[0]!, (string)row[1]!), ((string)row[1]!, (string)row[0]!) })
            .ToLookup(pair => pair.Item1, pair => pair.Item2, NameComparer.Instance);
        string[] names = [.. objects.Where(row => row.Type is "table" or "view").Select(row => row.Name)];
        mentions = objects.Where(IsReader).ToDictionary(
            row => row.Name,
            row => names.Where(name => Mentions(row.Sql!, name)).Append(row.TableName).ToHashSet(NameComparer.Instance),
            NameComparer.Instance);
    }

    /// <summary>Drops from a copy of the database all that has nothing to do with a table.</summary>
    public void Isolate(SqliteConnection connection, string table)
    {
        HashSet<string> readers = new(NameComparer.Instance);
        HashSet<string> kept = new(NameComparer.Instance) { table };
        while (objects.Any(row => IsReader(row) && !readers.Contains(row.Name)
            && (mentions[row.Name].Contains(table) || (row.Type is not "trigger" && kept.Contains(row.Name)) || mentions[row.Name].Overlaps(readers)) && readers.Add(row.Name)))
        {
            kept.UnionWith(readers.SelectMany(reader => mentions[reader]));
        }

        kept.UnionWith(keys[table]);
        connection.Execute("PRAGMA legacy_alter_table = ON; BEGIN");
        foreach (SchemaRow row in objects.Where(row => row.Type is "trigger" && !readers.Contains(row.Name)))
        {
            connection.Execute($"DROP TRIGGER {TestDatabase.Quote(row.Name)}");
        }

        foreach (SchemaRow row in objects.Where(row => row.Type is "view" or "table" && !kept.Contains(row.Name) && !readers.Contains(row.Name)))
        {
            connection.Execute($"DROP {row.Type} {TestDatabase.Quote(row.Name)}");
        }

        connection.Execute("COMMIT; PRAGMA legacy_alter_table = OFF");
    }

    private static bool IsReader(SchemaRow row) =>
        row.Type is "view" or "trigger" || (row.Type is "table" && row.Sql!.StartsWith("CREATE VIRTUAL", StringComparison.OrdinalIgnoreCase));

    private static bool Mentions(string sql, string name) =>
        Regex.IsMatch(sql, $"(?<!\\w){Regex.Escape(name)}(?!\\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromMinutes(1));
}
