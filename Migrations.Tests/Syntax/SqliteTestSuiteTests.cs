using System.Text.Json;
using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Syntax;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Syntax;

/// <summary>CREATE TABLE statements out of SQLite's own tests, those it accepts and those it refuses.</summary>
[TestFixture]
public sealed class SqliteTestSuiteTests
{
    [Test]
    public void Read_of_every_table_that_SQLite_stores_agrees_with_its_pragmas()
    {
        using TestDatabase database = TestDatabase.InMemory().AllowDoubleQuotedStrings();
        int read = 0;

        Assert.Multiple(() =>
        {
            foreach (JsonElement entry in Statements("sqlite-testsuite-create-table.jsonl"))
            {
                if (!entry.GetProperty("virtual").GetBoolean() && TryCreate(database, entry, out string stored))
                {
                    CreateTableSyntax table = CreateTableReader.Read(stored);
                    string name = entry.GetProperty("name").GetString()!;
                    ReadingAgreement.AssertAgrees(database.Connection, name, table);
                    ReadingAgreement.AssertForeignKeysAgree(database.Connection, name, table);
                    read++;
                }

                database.Execute("ROLLBACK TO before");
            }
        });

        Assert.That(read, Is.GreaterThan(4650));
    }

    [Test]
    public void Read_refuses_what_breaks_the_grammar_of_SQLite()
    {
        using TestDatabase database = TestDatabase.InMemory();
        int refused = 0;

        Assert.Multiple(() =>
        {
            foreach (JsonElement entry in Statements("sqlite-testsuite-create-table-rejected.jsonl"))
            {
                string sql = entry.GetProperty("sql").GetString()!;
                if (!SqliteVerdict.On(database, sql).IsSyntaxError)
                {
                    continue;
                }

                // Expressions are passed over.
                if (sql.Contains("UNIQUE(x[string repeat ,x 100000])", StringComparison.Ordinal))
                {
                    continue;
                }

                Assert.That(() => CreateTableReader.Read(sql), Throws.InstanceOf<SqlSyntaxException>(), sql);
                refused++;
            }
        });

        Assert.That(refused, Is.GreaterThan(150));
    }

    private static bool TryCreate(TestDatabase database, JsonElement entry, out string stored)
    {
        stored = entry.GetProperty("stored").GetString()!;
        string name = entry.GetProperty("name").GetString()!;
        database.Execute("SAVEPOINT before");
        try
        {
            database.Execute(stored);
        }
        catch (SqliteException e) when (e.Message.Contains("no such function", StringComparison.Ordinal))
        {
            // An older library lacks functions that a generated column uses.
            return false;
        }

        return true;
    }

    private static IEnumerable<JsonElement> Statements(string file) =>
        File.ReadLines(SharedFiles.File("corpus", file).FullName).Select(line => JsonDocument.Parse(line).RootElement);
}
