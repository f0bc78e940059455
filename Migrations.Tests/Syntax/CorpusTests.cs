using Microsoft.Data.Sqlite;
using Migrations.Core.Syntax;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Syntax;

/// <summary>The schemas of public applications, as SQLite stores them.</summary>
[TestFixture]
public sealed class CorpusTests
{
    private static IEnumerable<TestCaseData> Schemas =>
        SharedFiles.Files("corpus", "*.sql")
            .Where(file => !file.Name.EndsWith("-data.sql", StringComparison.Ordinal))
            .Select(file => new TestCaseData(file.FullName).SetArgDisplayNames(file.Name));

    [TestCaseSource(nameof(Schemas))]
    public void Read_of_a_real_schema_keeps_every_byte_and_agrees_with_SQLite(string file)
    {
        using TestDatabase database = TestDatabase.InMemory().AllowDoubleQuotedStrings();
        database.Execute("PRAGMA foreign_keys = OFF").Execute(File.ReadAllText(file));

        Assert.Multiple(() =>
        {
            foreach ((string type, string name, string table, string sql) in Objects(database))
            {
                Assert.That(string.Concat(SqlLexer.Tokenize(sql).Select(token => token.Span.TextIn(sql))), Is.EqualTo(sql));
                switch (type)
                {
                    case "table":
                        AssertTable(database.Connection, name, sql);
                        break;
                    case "index":
                        AssertIndex(database.Connection, name, table, sql);
                        break;
                    default:
                        AssertTrigger(name, table, sql);
                        break;
                }
            }
        });
    }

    [TestCaseSource(nameof(Schemas))]
    public void Read_of_a_real_schema_sees_no_white_space_and_no_comments(string file)
    {
        using TestDatabase database = TestDatabase.InMemory().AllowDoubleQuotedStrings();
        database.Execute("PRAGMA foreign_keys = OFF").Execute(File.ReadAllText(file));

        Assert.Multiple(() =>
        {
            foreach ((string type, string name, _, string sql) in Objects(database))
            {
                string spaced = Interleave(sql, " /* ( ' \" */ -- ) `\n ");
                Func<string, string> describe = type switch
                {
                    "table" => text => SyntaxDescription.Of(CreateTableReader.Read(text)),
                    "index" => text => SyntaxDescription.Of(CreateIndexReader.Read(text)),
                    _ => text => SyntaxDescription.Of(CreateTriggerReader.Read(text)),
                };
                Assert.That(describe(spaced), Is.EqualTo(describe(sql)), name);
            }
        });
    }

    private static void AssertTable(SqliteConnection connection, string name, string sql)
    {
        CreateTableSyntax table = CreateTableReader.Read(sql);
        Assert.That(table.ToString(), Is.EqualTo(sql));
        Assert.That(table.Name.Identifier.Name, Is.EqualTo(name));
        ReadingAgreement.AssertAgrees(connection, name, table);
        ReadingAgreement.AssertForeignKeysAgree(connection, name, table);
    }

    private static void AssertIndex(SqliteConnection connection, string name, string tableName, string sql)
    {
        CreateIndexSyntax index = CreateIndexReader.Read(sql);
        Assert.That(index.ToString(), Is.EqualTo(sql));
        Assert.That(index.Name.Identifier.Name, Is.EqualTo(name));
        Assert.That(index.Table.Identifier, Is.EqualTo(new SqlIdentifier(tableName)));
        ReadingAgreement.AssertAgrees(connection, name, index);
    }

    private static void AssertTrigger(string name, string tableName, string sql)
    {
        CreateTriggerSyntax trigger = CreateTriggerReader.Read(sql);
        Assert.That(trigger.ToString(), Is.EqualTo(sql));
        Assert.That(trigger.Name.Identifier.Name, Is.EqualTo(name));
        Assert.That(trigger.Table.Identifier, Is.EqualTo(new SqlIdentifier(tableName)));
    }

    /// <summary>The text with white space or comments before every token and after the last.</summary>
    private static string Interleave(string sql, string trivia) =>
        PlacesForTrivia.Fill(sql, SqlLexer.Tokenize(sql), _ => trivia) + trivia;

    private static IEnumerable<(string Type, string Name, string Table, string Sql)> Objects(TestDatabase database) =>
        database.Rows(
            "SELECT type, name, tbl_name, sql FROM sqlite_schema "
            + "WHERE type <> 'view' AND sql IS NOT NULL AND sql NOT LIKE 'CREATE VIRTUAL%'")
            .Select(row => ((string)row[0]!, (string)row[1]!, (string)row[2]!, (string)row[3]!));
}
