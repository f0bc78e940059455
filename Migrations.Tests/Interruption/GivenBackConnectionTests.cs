using FluentMigrator;
using Microsoft.Data.Sqlite;
using Migrations.Core.Authoring;
using Migrations.Tests.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;
using SQLitePCL;

namespace Migrations.Tests.Interruption;

/// <summary>A connection of the application is given back as it came, whatever becomes of the migration.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class GivenBackConnectionTests
{
    private const int DoubleQuotedStringsInDml = 1013;
    private const int DoubleQuotedStringsInDdl = 1014;

    private static readonly string[] Pragmas =
    [
        "foreign_keys", "legacy_alter_table", "recursive_triggers", "read_uncommitted", "defer_foreign_keys", "ignore_check_constraints", "query_only",
        "busy_timeout", "cache_size", "synchronous", "journal_mode", "temp_store", "writable_schema", "automatic_index", "cell_size_check",
    ];

    [Test]
    public void Connection_is_given_back_as_it_came(
        [Values("success", "failure", "cancellation", "cancellation in the wait")] string outcome,
        [Values] bool enforces,
        [Values] bool isUnusual,
        [Values] TransactionBehavior behaviour)
    {
        using InterruptionDatabase database = InterruptionDatabase.Open(TestDatabaseKind.WalFile);
        SqliteConnection connection = database.Database.Connection;
        connection.Execute($"PRAGMA foreign_keys = {(enforces ? "ON" : "OFF")}");
        if (isUnusual)
        {
            connection.Execute("PRAGMA legacy_alter_table = ON; PRAGMA recursive_triggers = ON; PRAGMA read_uncommitted = ON; PRAGMA busy_timeout = 1234; PRAGMA cache_size = 77");
            database.Database.AllowDoubleQuotedStrings();
            connection.DefaultTimeout = 17;
        }

        using CancellationTokenSource source = new();
        bool waits = outcome is "cancellation in the wait";
        MigrationHistory history = new(database.Database.ConnectionString);
        history.Configure = options =>
        {
            options.Connection = connection;
            options.CancellationToken = source.Token;
            options.ReportInterval = TimeSpan.Zero;
            options.StatementRuns = waits ? source.Cancel : null;
            options.Progress = new Reports(_ => { if (waits) { source.Cancel(); } });
        };
        List<string> before = Settings(connection);
        history.Add(
            m =>
            {
                m.Alter.Column("name").OnTable("owner").AsString().Nullable();
                m.Update.Column("size").OnTable("item").Using<long, long>(size => size + 1);
                m.Execute.Sql(outcome is "failure" ? "SELECT nonsense" : "SELECT called(1)");
                m.Create.Table("last").WithColumn("id").AsInt32();
            },
            behaviour: behaviour);
        database.Called = outcome is "cancellation" ? source.Cancel : null;
        using SqliteConnection another = database.Database.OpenAnother();
        another.Execute(waits ? "BEGIN IMMEDIATE" : "SELECT 1");

        Assert.That(history.Up, outcome switch
        {
            "success" => Throws.Nothing,
            "failure" => Throws.Exception.With.Message.Contains("nonsense"),
            _ => Throws.TypeOf<OperationCanceledException>(),
        });

        database.Called = null;
        Assert.That(Settings(connection), Is.EqualTo(before));
        Assert.That(raw.sqlite3_get_autocommit(connection.Handle), Is.Not.Zero);
        Assert.That(connection.Rows("SELECT * FROM temp.sqlite_schema"), Is.Empty);
        Assert.That(connection.Rows("SELECT name FROM pragma_function_list WHERE name LIKE 'migrations%'"), Is.Empty, "functions of conversions are gone");
        source.Cancel();
        Assert.That(
            connection.Scalar<long>("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT count(*) FROM n"),
            Is.EqualTo(20000),
            "nothing interrupts the application's own statements");
        another.Execute(waits ? "ROLLBACK" : "SELECT 1");
        Assert.That(() => connection.BeginTransaction().Dispose(), Throws.Nothing);
        Integrity.Check(connection);
    }

    private static List<string> Settings(SqliteConnection connection) =>
    [
        .. Pragmas.Select(pragma => $"{pragma}={connection.Scalar<string>($"PRAGMA {pragma}")}"),
        $"timeout={connection.DefaultTimeout}",
        $"dml={Configured(connection, DoubleQuotedStringsInDml)}",
        $"ddl={Configured(connection, DoubleQuotedStringsInDdl)}",
    ];

    private static int Configured(SqliteConnection connection, int option)
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_db_config(connection.Handle, option, -1, out int value), connection.Handle);
        return value;
    }
}
