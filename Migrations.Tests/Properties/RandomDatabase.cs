using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Migrations.Tests.Corpus;
using Migrations.Tests.Support;

namespace Migrations.Tests.Properties;

/// <summary>A database by chance: tables that refer to each other, indexes, triggers, views and rows. SQLite took every statement in <see cref="Sql"/>.</summary>
internal sealed class RandomDatabase : IDisposable
{
    private static readonly string[] Names = ["t1", "Order Items", "select", "naïve", "a\"b", "x.y"];

    private readonly StringBuilder sql = new();

    public RandomDatabase(int seed)
    {
        Seed = seed;
        Random = new Random(seed);
        Database = TestDatabase.InMemory().Execute("PRAGMA foreign_keys = OFF; CREATE TABLE log (what)");
        List<(string Table, string Key)> parents = [];
        foreach (string name in Names.OrderBy(_ => Random.Next()).Take(Random.Next(1, 4)))
        {
            // Where SQLite refuses a text another one is tried.
            for (int attempt = 0; attempt < 10; attempt++)
            {
                RandomTable table = new(Random, name, parents);
                if (TryRun(table.Write()))
                {
                    Tables.Add(name);
                    if (table.SingleKey is { } key)
                    {
                        parents.Add((name, key));
                    }

                    break;
                }
            }
        }

        if (Tables.Count == 0)
        {
            TryRun("CREATE TABLE plain (a)");
            Tables.Add("plain");
        }

        GeneratedRows.Fill(Connection, rowsPerTable: 5, seed);
        foreach (string table in Tables.Where(_ => Random.Next(3) > 0))
        {
            ShortRows shortRows = new(this, table);
            for (int i = Random.Next(1, 4); i > 0; i--)
            {
                shortRows.Add(i, parents);
            }
        }

        foreach (string table in Tables)
        {
            Around(table);
        }

        Database.Execute("ANALYZE");
    }

    public int Seed { get; }

    public Random Random { get; }

    public TestDatabase Database { get; }

    public SqliteConnection Connection => Database.Connection;

    public List<string> Tables { get; } = [];

    /// <summary>The statements that made what is in the TEMP database.</summary>
    public List<string> Temporary { get; } = [];

    /// <summary>The statements that made the schema, and the seed.</summary>
    public string Sql => string.Create(CultureInfo.InvariantCulture, $"-- seed {Seed}\n{sql}");

    public string PickTable() => Tables[Random.Next(Tables.Count)];

    public string[] ColumnsOf(string table) =>
        [.. Database.Rows($"PRAGMA main.table_xinfo({TestDatabase.Quote(table)})").Select(row => (string)row[1]!)];

    public T Pick<T>(IReadOnlyList<T> from) => from[Random.Next(from.Count)];

    /// <summary>The same database on another connection, page by page: rows are as long as they are here.</summary>
    public TestDatabase Clone()
    {
        TestDatabase clone = TestDatabase.InMemory();
        Connection.BackupDatabase(clone.Connection);
        return clone.Execute($"PRAGMA foreign_keys = OFF; {string.Join("; ", Temporary)}");
    }

    /// <summary>Runs a statement and keeps it, if SQLite takes it.</summary>
    public bool TryRun(string statement)
    {
        try
        {
            Database.Execute(statement);
            sql.Append(statement).Append(";\n");
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    public void Dispose() => Database.Dispose();

    private void Around(string table)
    {
        string[] columns = ColumnsOf(table);
        string quoted = TestDatabase.Quote(table);
        string Column() => TestDatabase.Quote(Pick(columns));
        for (int i = Random.Next(3); i > 0; i--)
        {
            string name = TestDatabase.Quote(string.Create(CultureInfo.InvariantCulture, $"index {i} of {table}"));
            string term = Pick([Column(), $"{Column()} DESC", $"{Column()} COLLATE NOCASE", $"lower({Column()})", $"{Column()}, {Column()}"]);
            TryRun($"CREATE {Pick(["", "", "UNIQUE "])}INDEX {name} ON {quoted} ({term}){Pick(["", "", $" WHERE {Column()} IS NOT NULL"])}");
        }

        for (int i = Random.Next(3); i > 0; i--)
        {
            string name = TestDatabase.Quote(string.Create(CultureInfo.InvariantCulture, $"trigger {i} of {table}"));
            string when = Pick(["AFTER INSERT", "AFTER DELETE", $"AFTER UPDATE OF {Column()}", "BEFORE UPDATE"]);
            string row = when.EndsWith("DELETE", StringComparison.Ordinal) ? "old" : "new";
            TryRun($"CREATE TRIGGER {name} {when} ON {quoted} {Pick(["", "FOR EACH ROW "])}BEGIN INSERT INTO log VALUES ({row}.{Column()}); {Pick(["", $"SELECT count(*) FROM {quoted};"])} END");
        }

        if (Random.Next(3) == 0)
        {
            TryRun($"CREATE VIEW {TestDatabase.Quote("view of " + table)} AS SELECT {Column()}, {Pick(["1", Column()])} AS other FROM {quoted}");
        }

        for (int i = Random.Next(5) - 3; i >= 0; i--)
        {
            string name = TestDatabase.Quote(string.Create(CultureInfo.InvariantCulture, $"temporary trigger {i} of {table}"));
            string when = Pick(["AFTER INSERT", "BEFORE DELETE", $"AFTER UPDATE OF {Column()}", "AFTER UPDATE"]);
            string row = when.EndsWith("DELETE", StringComparison.Ordinal) ? "old" : "new";
            string create = $"CREATE TEMP TRIGGER {name} {when} ON main.{quoted} BEGIN INSERT INTO log VALUES ('temporary ' || quote({row}.{Column()})); END";
            if (TryRun(create))
            {
                Temporary.Add(create);
            }
        }
    }
}
