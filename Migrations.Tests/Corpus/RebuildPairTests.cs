using System.Text.Json;
using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Corpus;

/// <summary>The schemas that applications were about to rebuild by hand: every table of them copied without any change.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class RebuildPairTests
{
    [Test]
    public void Alter_without_changes_leaves_what_applications_rebuilt_by_hand_as_it_was()
    {
        int count = 0;
        List<string> problems = [];
        foreach (string line in File.ReadLines(SharedFiles.File("corpus", "rebuild-pairs.jsonl").FullName))
        {
            using JsonDocument json = JsonDocument.Parse(line);
            string name = $"{json.RootElement.GetProperty("history").GetString()} {json.RootElement.GetProperty("migration").GetString()}";
            using TestDatabase database = TestDatabase.InMemory().AllowDoubleQuotedStrings().Execute("PRAGMA foreign_keys = OFF");
            foreach (JsonElement row in json.RootElement.GetProperty("before").EnumerateArray())
            {
                if (row[3].GetString() is { } sql && !row[1].GetString()!.StartsWith("sqlite_", StringComparison.Ordinal))
                {
                    Create(database, sql);
                }
            }

            GeneratedRows.Fill(database.Connection);
            DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
            foreach (object?[] table in database.Rows("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT GLOB 'sqlite_*'"))
            {
                try
                {
                    TableAlterer.Alter(database.Connection, (string)table[0]!, [], new AlterationOptions { Mode = RebuildMode.AlwaysCopy });
                    count++;
                }
                catch (MigrationsException e)
                {
                    problems.Add($"{name}: {e.Message}");
                }
            }

            problems.AddRange(DatabaseSnapshot.Of(database.Connection).DifferencesFrom(before).Select(difference => $"{name}: {difference}"));
        }

        Assert.That(problems, Is.Empty, () => string.Join('\n', problems));
        Assert.That(count, Is.GreaterThan(63));
    }

    // The shadow tables of a full-text table are among the objects, and are made by that table already.
    private static void Create(TestDatabase database, string sql)
    {
        try
        {
            database.Execute(sql);
        }
        catch (SqliteException e) when (e.Message.Contains("already exists", StringComparison.Ordinal))
        {
            return;
        }
    }
}
