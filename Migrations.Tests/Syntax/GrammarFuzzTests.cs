using CsCheck;
using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Syntax;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Syntax;

/// <summary>Random sequences of the grammar's own words: what SQLite's parser takes ours takes, and reads alike.</summary>
[TestFixture]
public sealed class GrammarFuzzTests
{
    private static readonly string[] Parts =
    [
        "CONSTRAINT", "n", "'s'", "\"q\"", "[b]", "DEFAULT", "1", "-1", "+", "-", "1.5", "x'00'", "TRUE", "CURRENT_TIMESTAMP", "NULL",
        "NOT", "NOT NULL", "NOT DEFERRABLE", "DEFERRABLE", "INITIALLY", "DEFERRED", "INITIALLY DEFERRED", "IMMEDIATE", "PRIMARY KEY",
        "KEY", "ASC", "DESC", "AUTOINCREMENT", "UNIQUE", "CHECK", "CHECK (a > 0)", "(1)", "(a)", "(a, b)", "PRIMARY KEY (a COLLATE nocase DESC)",
        "((a))", "(10, -5)", "(1 COLLATE nocase)", "()", "REFERENCES", "REFERENCES p", "p", "ON", "ON DELETE", "ON UPDATE", "ON INSERT", "CASCADE",
        "SET NULL", "SET DEFAULT", "NO ACTION", "RESTRICT", "MATCH", "MATCH FULL", "ON CONFLICT", "ABORT", "REPLACE", "IGNORE",
        "COLLATE", "nocase", "GENERATED", "ALWAYS", "GENERATED ALWAYS", "AS", "AS (a)", "STORED", "VIRTUAL", ",", ", c", ",",
        "FOREIGN KEY", "FOREIGN KEY (a) REFERENCES p", "INT", "LONG VARCHAR", "LEFT", "INDEXED", "IF", "1_0", "WITHOUT",
    ];

    private static readonly Gen<string> Text = Gen.Int[0, Parts.Length - 1].Array[1, 7]
        .Select(indices => string.Join(' ', indices.Select(i => Parts[i])));

    [Test]
    public void Read_of_columns_takes_what_SQLite_takes() =>
        AssertSameVerdicts(Text.Select(text => $"CREATE TABLE t(a {text})"), 20_000);

    [Test]
    public void Read_of_table_constraints_takes_what_SQLite_takes() =>
        AssertSameVerdicts(Text.Select(text => $"CREATE TABLE t(a, b INTEGER, UNIQUE (a) {text})"), 10_000);

    [Test]
    public void Read_of_options_takes_what_SQLite_takes()
    {
        string[] parts = ["STRICT", "WITHOUT ROWID", "WITHOUT", "ROWID", ",", ",", "\"strict\"", "(", "strict", "without\nrowid"];
        AssertSameVerdicts(
            Gen.Int[0, parts.Length - 1].Array[0, 5].Select(indices =>
                $"CREATE TABLE t(a INTEGER PRIMARY KEY) {string.Join(' ', indices.Select(i => parts[i]))}"),
            2_000);
    }

    private static void AssertSameVerdicts(Gen<string> statements, int count)
    {
        using TestDatabase database = TestDatabase.InMemory();
        string number = SqliteVerdict.HasDigitSeparators ? "1_0" : "10";
        statements.Sample(
            sql => AssertSameVerdict(database, sql.Replace("1_0", number, StringComparison.Ordinal)), iter: count, threads: 1);
    }

    private static void AssertSameVerdict(TestDatabase database, string sql)
    {
        SqliteVerdict verdict = SqliteVerdict.On(database, sql);
        if (verdict.IsSyntaxError)
        {
            Assert.That(() => CreateTableReader.Read(sql), Throws.InstanceOf<SqlSyntaxException>(), sql);
        }
        else if (verdict.IsAccepted)
        {
            CreateTableSyntax table = CreateTableReader.Read(sql);
            database.Execute("SAVEPOINT before");
            if (TryCreate(database, sql))
            {
                ReadingAgreement.AssertAgrees(database.Connection, "t", table);
                ReadingAgreement.AssertForeignKeysAgree(database.Connection, "t", table);
            }

            database.Execute("ROLLBACK TO before; RELEASE before");
        }
    }

    /// <summary>What compiles may still be refused when it runs: a generated column that refers to itself.</summary>
    private static bool TryCreate(TestDatabase database, string sql)
    {
        try
        {
            database.Execute(sql);
            return true;
        }
        catch (SqliteException e) when (e.Message.Contains("generated column loop", StringComparison.Ordinal))
        {
            return false;
        }
    }
}
