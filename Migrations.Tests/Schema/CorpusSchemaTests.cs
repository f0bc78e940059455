using System.Text.Json;
using Migrations.Core.Schema;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Schema;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class CorpusSchemaTests
{
    private static IEnumerable<string> Schemas()
    {
        IEnumerable<string> names = SharedFiles.Files("corpus", "*.sql").Select(file => file.Name);
        return SharedFiles.AreThere ? names : ["mailu.sql"];
    }

    [TestCaseSource(nameof(Schemas))]
    public void Check_agrees_with_SQLite_on_every_table_of_a_real_schema(string name)
    {
        string sql = File.ReadAllText(SharedFiles.File("corpus", name).FullName);
        using TestDatabase database = TestDatabase.InMemory().AllowDoubleQuotedStrings()
            .Execute("PRAGMA foreign_keys = OFF").Execute(sql);

        DatabaseSchema schema = SchemaReader.Read(database.Connection, "main");

        Assert.That(schema.Unread.Select(unread => unread.ToException().Message), Is.Empty);
        AssertEverythingIsRead(database, schema);
        Assert.That(schema.Tables.SelectMany(table => SchemaCrossCheck.FindDifferences(database.Connection, schema, table)), Is.Empty);
    }

    [Test]
    public void Check_agrees_with_SQLite_on_every_table_of_its_test_suite()
    {
        int count = 0;
        List<string> problems = [];
        foreach (string line in File.ReadLines(SharedFiles.File("corpus", "sqlite-testsuite-create-table.jsonl").FullName))
        {
            using JsonDocument json = JsonDocument.Parse(line);
            if (json.RootElement.GetProperty("virtual").GetBoolean())
            {
                continue;
            }

            string sql = json.RootElement.GetProperty("stored").GetString() ?? "";
            using TestDatabase database = TestDatabase.InMemory().AllowDoubleQuotedStrings();
            try
            {
                database.Execute(sql);
            }
            catch (Microsoft.Data.Sqlite.SqliteException)
            {
                // Functions and collations of the test suite, and quirks that another version of SQLite takes.
                continue;
            }

            count++;
            DatabaseSchema schema = SchemaReader.Read(database.Connection, "main");
            problems.AddRange(schema.Unread.Select(unread => $"{sql}\n  {unread.Reason.Message}"));
            problems.AddRange(schema.Tables.SelectMany(table =>
                SchemaCrossCheck.FindDifferences(database.Connection, schema, table).Select(difference => $"{sql}\n  {difference}")));
        }

        Assert.That(problems, Is.Empty, () => $"{problems.Count} problems:\n{string.Join('\n', problems.Take(20))}");
        Assert.That(count, Is.GreaterThan(4600));
    }

    private static void AssertEverythingIsRead(TestDatabase database, DatabaseSchema schema)
    {
        string[] Names(string type) => [.. database
            .Rows($"SELECT name FROM sqlite_schema WHERE type = '{type}' AND sql IS NOT NULL AND name NOT GLOB 'sqlite_*' ORDER BY rowid")
            .Select(row => (string)row[0]!)];

        Assert.That(schema.Tables.Select(table => table.Name.Name), Is.EqualTo(Names("table")));
        Assert.That(schema.Indexes.Select(index => index.Name.Name), Is.EqualTo(Names("index")));
        Assert.That(schema.Triggers.Where(trigger => !trigger.IsTemporary).Select(trigger => trigger.Name.Name), Is.EqualTo(Names("trigger")));
        Assert.That(schema.Views.Select(view => view.Name.Name), Is.EqualTo(Names("view")));
    }
}
