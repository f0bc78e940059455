using FluentMigrator;
using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Authoring;
using Migrations.Tests.Faults;
using Migrations.Tests.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Interruption;

/// <summary>A migration that is cancelled in any kind of statement is rolled back, and the cancellation comes out of the runner.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class InterruptedMigrationTests
{
    private const string LongQuery = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT called(max(i)) FROM n";

    // Each calls the function early in a statement that would go on for a long time.
    private static readonly Dictionary<string, Action<Migration>> Statements = new()
    {
        ["raw SQL"] = m => m.Execute.Sql($"SELECT called(1); {LongQuery}"),
        ["raw SQL between GO"] = m => m.Execute.Sql($"SELECT 1\nGO\nUPDATE item SET note = called(size) || ({LongQuery})\nGO\n"),
        ["raw SQL that writes"] = m => m.Execute.Sql("UPDATE item SET note = 'x', size = called(size)"),
        ["data"] = m => m.Update.Table("part").Set(new { item_id = RawSql.Insert("called(item_id)") }).AllRows(),
        ["an operation"] = m => m.Execute.WithConnection((connection, transaction) =>
        {
            using System.Data.IDbCommand command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = $"SELECT called(1); {LongQuery}";
            command.ExecuteNonQuery();
        }),
        ["an operation that hides it"] = m => m.Execute.WithConnection((connection, transaction) =>
        {
            using System.Data.IDbCommand command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = $"SELECT called(1); {LongQuery}";
            Assert.That(command.ExecuteNonQuery, Throws.TypeOf<SqliteException>());
        }),
        ["an operation that alters"] = m => m.Execute.WithConnection((connection, _) => ((SqliteConnection)connection).AlterTable(
            "owner", owner => owner.AddCheck($"called(id) > 0"))),
        ["an alteration"] = m => m.Update.Column("size").OnTable("item").Using("called(size)"),
        ["a question"] = m => m.Execute.WithConnection((connection, transaction) =>
        {
            using System.Data.IDbCommand command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = LongQuery.Replace("called(max(i))", "max(called(i))", StringComparison.Ordinal);
            command.ExecuteScalar();
        }),
    };

    private static IEnumerable<string> StatementNames => Statements.Keys;

    [TestCaseSource(nameof(StatementNames))]
    public void Cancelled_in_a_statement_rolls_the_migration_back(string statement)
    {
        using InterruptionDatabase database = InterruptionDatabase.Open();
        using CancellationTokenSource source = new();
        string? failed = null;
        MigrationHistory history = History(database, source.Token, (sql, _) => failed = sql);
        history.Add(m => m.Create.Table("first").WithColumn("id").AsInt32().PrimaryKey()).Up();
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Database.Connection);
        history.Add(m =>
        {
            m.Insert.IntoTable("first").Row(new { id = 1 });
            m.Alter.Column("name").OnTable("owner").AsString().Nullable();
            Statements[statement](m);
            m.Create.Table("last").WithColumn("id").AsInt32().PrimaryKey();
        });
        database.Called = source.Cancel;

        AssertCancelled(history, source);

        database.Called = null;
        FaultAssert.NothingHappened(database.Database, before);
        Assert.That(failed, Is.Null, "a cancellation is no failure");
        Assert.That(() => database.Database.Connection.BeginTransaction().Dispose(), Throws.Nothing, "the connection is usable");
    }

    [Test]
    public void Cancelled_before_the_start_changes_nothing()
    {
        using InterruptionDatabase database = InterruptionDatabase.Open();
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Database.Connection);
        using CancellationTokenSource source = new();
        source.Cancel();

        AssertCancelled(History(database, source.Token).Add(m => m.Create.Table("first").WithColumn("id").AsInt32()), source);

        FaultAssert.NothingHappened(database.Database, before);
    }

    [Test]
    public void Cancelled_between_two_statements_stops_before_the_second()
    {
        using InterruptionDatabase database = InterruptionDatabase.Open();
        using CancellationTokenSource source = new();
        bool hasGoneOn = false;
        MigrationHistory history = History(database, source.Token).Add(m => m.Create.Table("first").WithColumn("id").AsInt32()).Up();
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Database.Connection);
        history.Add(m =>
        {
            m.Insert.IntoTable("first").Row(new { id = 1 });
            m.Execute.WithConnection((_, _) => source.Cancel());
            m.Execute.WithConnection((_, _) => hasGoneOn = true);
        });

        AssertCancelled(history, source);

        Assert.That(hasGoneOn, Is.False);
        FaultAssert.NothingHappened(database.Database, before);
    }

    [Test]
    public void Cancelled_in_the_second_migration_keeps_the_first()
    {
        using InterruptionDatabase database = InterruptionDatabase.Open();
        using CancellationTokenSource source = new();
        MigrationHistory history = History(database, source.Token)
            .Add(m => m.Create.Table("first").WithColumn("id").AsInt32())
            .Add(m => m.Execute.Sql("CREATE TABLE second(id); SELECT called(1)"));
        database.Called = source.Cancel;

        AssertCancelled(history, source);

        database.Called = null;
        Assert.That(database.Database.Rows("SELECT Version FROM VersionInfo"), Is.EqualTo(new object[][] { [1L] }));
        Assert.That(database.Database.Scalar<long>("SELECT count(*) FROM sqlite_schema WHERE name IN ('first', 'second')"), Is.EqualTo(1));
    }

    [Test]
    public void Cancelled_while_another_connection_writes_ends_the_wait([Values(TestDatabaseKind.WalFile, TestDatabaseKind.RollbackJournalFile)] TestDatabaseKind kind)
    {
        using InterruptionDatabase database = InterruptionDatabase.Open(kind);
        using CancellationTokenSource source = new();
        MigrationHistory history = History(database, source.Token);
        history.Add(m => m.Create.Table("first").WithColumn("id").AsInt32()).Up();
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Database.Connection);
        history.Add(m => m.Alter.Column("note").OnTable("item").AsString().NotNullable());
        history.Configure += options =>
        {
            options.ReportInterval = TimeSpan.Zero;
            options.StatementRuns = source.Cancel;
        };
        database.Database.Connection.DefaultTimeout = 0; // for ever
        using (SqliteConnection another = database.Database.OpenAnother())
        {
            another.Execute("BEGIN IMMEDIATE");
            AssertCancelled(history, source);
        }

        Assert.That(database.Database.Connection.DefaultTimeout, Is.Zero);
        FaultAssert.NothingHappened(database.Database, before);
        Assert.That(() => database.Database.Connection.BeginTransaction().Dispose(), Throws.Nothing, "the connection is usable");
    }

    [Test]
    public void Another_connection_that_writes_for_too_long_is_the_first_error([Values] bool canBeCancelled)
    {
        using InterruptionDatabase database = InterruptionDatabase.Open(TestDatabaseKind.WalFile);
        using CancellationTokenSource source = new();
        List<(string Statement, Exception Error)> failures = [];
        MigrationHistory history = History(database, canBeCancelled ? source.Token : CancellationToken.None, (sql, error) => failures.Add((sql, error)));
        history.Add(m => m.Create.Table("first").WithColumn("id").AsInt32()).Up();
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Database.Connection);
        history.Add(m => m.Alter.Column("note").OnTable("item").AsString().NotNullable());
        database.Database.Connection.DefaultTimeout = 1;
        using (SqliteConnection another = database.Database.OpenAnother())
        {
            another.Execute("BEGIN IMMEDIATE");
            Assert.That(history.Up, Throws.TypeOf<SqliteException>().With.Property(nameof(SqliteException.SqliteErrorCode)).EqualTo(SQLitePCL.raw.SQLITE_BUSY));
        }

        Assert.That(failures, Has.Count.EqualTo(1));
        Assert.That(failures[0].Statement, Is.EqualTo("BEGIN IMMEDIATE"));
        FaultAssert.NothingHappened(database.Database, before);
        Assert.That(history.Up, Throws.Nothing, "the connection is usable");
    }

    [Test]
    public void Progress_of_an_alteration_reaches_the_application_and_its_exception_the_caller()
    {
        using InterruptionDatabase database = InterruptionDatabase.Open();
        DatabaseSnapshot? before = null;
        InvalidTimeZoneException failure = new("the receiver's own");
        Reports reports = new();
        MigrationHistory history = History(database, CancellationToken.None);
        history.Configure += options => options.Progress = reports;
        history.Add(m => m.Alter.Column("note").OnTable("item").AsString().NotNullable()).Up();

        Assert.That(reports.OfCopies.Last().RowsDone, Is.EqualTo(InterruptionDatabase.Rows));
        Assert.That(reports.All.Select(report => report.Table), Is.All.EqualTo("item"), "FluentMigrator's own table is not reported");

        before = DatabaseSnapshot.Of(database.Database.Connection);
        history.Configure += options => options.Progress = new Reports(_ => throw failure);
        history.Add(m => m.Alter.Column("note").OnTable("item").AsString().Nullable());
        Assert.That(Assert.Catch(() => history.Up()), Is.SameAs(failure));
        FaultAssert.NothingHappened(database.Database, before);
    }

    [Test]
    public void Long_statement_that_is_no_alteration_is_told_of_as_it_runs()
    {
        using InterruptionDatabase database = InterruptionDatabase.Open();
        int reports = 0;
        MigrationHistory history = History(database, CancellationToken.None);
        history.Configure += options =>
        {
            options.ReportInterval = TimeSpan.Zero;
            options.StatementRuns = () => reports++;
        };
        history.Add(m => m.Update.Table("item").Set(new { note = "x" }).AllRows()).Up();

        Assert.That(reports, Is.GreaterThan(5));
    }

    private static MigrationHistory History(InterruptionDatabase database, CancellationToken token, Action<string, Exception>? failed = null) =>
        new(database.Database.ConnectionString)
        {
            Configure = options =>
            {
                options.Mode = RebuildMode.AlwaysCopy;
                options.Connection = database.Database.Connection;
                options.CancellationToken = token;
                options.StatementFailed = failed;
            },
        };

    private static void AssertCancelled(MigrationHistory history, CancellationTokenSource source) => Assert.That(
        history.Up, Throws.TypeOf<OperationCanceledException>().With.Property(nameof(OperationCanceledException.CancellationToken)).EqualTo(source.Token));
}
