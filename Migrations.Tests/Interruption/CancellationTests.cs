using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Changes;
using Migrations.Tests.Faults;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Interruption;

/// <summary>An alteration that is cancelled, wherever that happens, leaves the database and the connection as they were.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class CancellationTests
{
    [Test]
    public void Cancelled_before_the_start_changes_nothing()
    {
        using InterruptionDatabase database = InterruptionDatabase.Open();
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Database.Connection);
        using CancellationTokenSource source = new();
        source.Cancel();

        AssertCancelled(source, () => database.Alter(new AlterationOptions { CancellationToken = source.Token }));

        FaultAssert.NothingHappened(database.Database, before);
    }

    [Test]
    public void Cancelled_in_any_report_undoes_all([Values] TestDatabaseKind kind)
    {
        using InterruptionDatabase database = InterruptionDatabase.Open(kind);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Database.Connection);
        HashSet<string> purposes = [];
        int stopped = 0;
        while (true)
        {
            using CancellationTokenSource source = new();
            int place = stopped;
            Reports reports = null!; // Assigned on the next line, before it is used.
            reports = new(_ => { if (reports.All.Count > place) { source.Cancel(); } });
            AlterationOptions options = Options(reports, source.Token);
            options.ReportInterval = TimeSpan.FromDays(1);
            try
            {
                database.Alter(options);
                break;
            }
            catch (OperationCanceledException exception)
            {
                stopped++;
                Assert.That(exception.CancellationToken, Is.EqualTo(source.Token));
                Assert.That(reports.All, Has.Count.EqualTo(stopped), "nothing is reported after the cancellation");
                purposes.Add(reports.All[^1].Purpose);
                FaultAssert.NothingHappened(database.Database, before);
            }
        }

        Assert.That(purposes, Has.Count.GreaterThan(8).And.Some.Contains("rows that stand").And.Some.Contains("index").And.Some.Contains("trigger"));
        Assert.That(database.Database.Scalar<long>("SELECT count(*) FROM item"), Is.EqualTo(InterruptionDatabase.Rows));
        Integrity.Check(database.Database.Connection);
    }

    [Test]
    public void Cancelled_in_the_middle_of_a_preflight_interrupts_it([Values] TestDatabaseKind kind) =>
        AssertInterrupted(kind, isCounted: _ => true, new AddCheck("called", "called(size) > 0"));

    [Test]
    public void Cancelled_in_the_middle_of_the_copy_interrupts_it([Values] TestDatabaseKind kind) =>
        AssertInterrupted(kind, report => report.RowsDone is not null, new ConvertColumn("size", new SqlConversion("called(size)")));

    [Test]
    public void Cancelled_in_the_middle_of_building_an_index_interrupts_it([Values] TestDatabaseKind kind) =>
        AssertInterrupted(kind, report => report.Purpose.Contains("item_size", StringComparison.Ordinal), new SetNullability("note", false));

    [Test]
    public void Cancelled_in_the_middle_of_a_native_change_interrupts_it([Values] TestDatabaseKind kind) =>
        AssertInterrupted(kind, _ => true, new AddColumn("extra INT CHECK (called(size) > 0)"));

    [Test]
    public void Cancelled_in_a_conversion_function_interrupts_the_pass()
    {
        using InterruptionDatabase database = InterruptionDatabase.Open();
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Database.Connection);
        using CancellationTokenSource source = new();
        FunctionConversion conversion = new(value =>
        {
            source.Cancel();
            source.Token.ThrowIfCancellationRequested();
            return value;
        });

        AssertCancelled(source, () => database.Alter(new AlterationOptions { CancellationToken = source.Token }, new ConvertColumn("size", conversion)));

        FaultAssert.NothingHappened(database.Database, before);
    }

    [Test]
    public void Cancelled_in_a_callers_transaction_undoes_the_alteration_at_least([Values] bool inStatement)
    {
        using InterruptionDatabase database = InterruptionDatabase.Open();
        database.Database.Execute("PRAGMA foreign_keys = OFF");
        DatabaseState before = DatabaseState.Of(database.Database);
        database.Database.Execute("BEGIN; INSERT INTO owner VALUES (3, 'three')");
        DatabaseState inTransaction = DatabaseState.Of(database.Database);
        using CancellationTokenSource source = new();
        Reports reports = new(report => { if (inStatement ? report.RowsDone > 0 : report.RowsDone == report.Rows) { source.Cancel(); } });

        AssertCancelled(source, () => database.Alter(Options(reports, source.Token)));

        FaultAssert.CallersTransactionIsWhole(database.Database, before, inTransaction);
    }

    [Test]
    public void Cancelled_while_another_connection_writes_ends_the_wait([Values(TestDatabaseKind.WalFile, TestDatabaseKind.RollbackJournalFile)] TestDatabaseKind kind)
    {
        using InterruptionDatabase database = InterruptionDatabase.Open(kind);
        database.Database.Connection.DefaultTimeout = 0; // for ever
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Database.Connection);
        using SqliteConnection another = database.Database.OpenAnother();
        using (SqliteTransaction writing = another.BeginTransaction())
        {
            using CancellationTokenSource source = new();
            Reports reports = new(_ => source.Cancel());

            AssertCancelled(source, () => database.Alter(Options(reports, source.Token)));

            Assert.That(reports.All, Has.Count.EqualTo(1), "the wait was reported, and nothing else happened");
        }

        Assert.That(database.Database.Connection.DefaultTimeout, Is.Zero);
        FaultAssert.NothingHappened(database.Database, before);
    }

    [Test]
    public void Cancelled_while_a_reader_keeps_the_commit_waiting_undoes_all()
    {
        using InterruptionDatabase database = InterruptionDatabase.Open(TestDatabaseKind.RollbackJournalFile);
        database.Database.Connection.DefaultTimeout = 0; // for ever
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Database.Connection);
        using SqliteConnection another = database.Database.OpenAnother();
        another.Execute("BEGIN; SELECT count(*) FROM sqlite_schema");
        using CancellationTokenSource source = new();
        int last = 0;
        Reports reports = new(report =>
        {
            // Within statements so small as the last ones there is no report; the same purpose again is the wait for the reader.
            last = report.Purpose.StartsWith("create trigger \"item_insert\"", StringComparison.Ordinal) ? last + 1 : 0;
            if (last > 50)
            {
                source.Cancel();
            }
        });

        AssertCancelled(source, () => database.Alter(Options(reports, source.Token)));

        another.Execute("ROLLBACK");
        FaultAssert.NothingHappened(database.Database, before);
    }

    [Test]
    public void Another_connection_that_writes_for_too_long_is_named_as_the_first_error()
    {
        using InterruptionDatabase database = InterruptionDatabase.Open(TestDatabaseKind.WalFile);
        database.Database.Connection.DefaultTimeout = 1;
        using SqliteConnection another = database.Database.OpenAnother();
        using SqliteTransaction writing = another.BeginTransaction();
        using CancellationTokenSource source = new();

        Assert.That(
            () => database.Alter(new AlterationOptions { CancellationToken = source.Token }),
            Throws.TypeOf<AlterationFailedException>().With.InnerException.TypeOf<SqliteException>()
                .And.InnerException.Property(nameof(SqliteException.SqliteErrorCode)).EqualTo(SQLitePCL.raw.SQLITE_BUSY));
    }

    [Test]
    public void Reader_of_the_same_connection_is_not_waited_for()
    {
        using InterruptionDatabase database = InterruptionDatabase.Open(TestDatabaseKind.WalFile);
        database.Database.Connection.DefaultTimeout = 0; // A wait would last for ever.
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Database.Connection);
        using (SqliteCommand command = database.Database.Connection.CreateCommand())
        {
            command.CommandText = "SELECT id FROM item";
            using SqliteDataReader reader = command.ExecuteReader();
            reader.Read();

            Assert.That(
                () => database.Alter(new AlterationOptions { Mode = RebuildMode.AlwaysCopy }),
                Throws.TypeOf<AlterationFailedException>().With.Message.Contains("Dispose open readers"));
        }

        FaultAssert.NothingHappened(database.Database, before);
    }

    [Test]
    public void Token_that_is_cancelled_afterwards_interrupts_nothing()
    {
        using InterruptionDatabase database = InterruptionDatabase.Open();
        using CancellationTokenSource source = new();
        Reports reports = new();
        database.Alter(Options(reports, source.Token));
        int count = reports.All.Count;

        source.Cancel();

        Assert.That(
            database.Database.Scalar<long>("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT count(*) FROM n"),
            Is.EqualTo(20000));
        Assert.That(reports.All, Has.Count.EqualTo(count));
    }

    [Test]
    public void Token_that_is_cancelled_in_the_last_report_of_all_is_too_early_to_be_ignored()
    {
        using InterruptionDatabase database = InterruptionDatabase.Open();
        Reports counted = new();
        AlterationOptions options = Options(counted, CancellationToken.None);
        options.ReportInterval = TimeSpan.FromDays(1);
        database.Alter(options, new SetDefault("size", "8"));
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Database.Connection);
        using CancellationTokenSource source = new();
        Reports reports = null!; // Assigned on the next line, before it is used.
        reports = new(_ => { if (reports.All.Count == counted.All.Count) { source.Cancel(); } });
        options = Options(reports, source.Token);
        options.ReportInterval = TimeSpan.FromDays(1);

        AssertCancelled(source, () => database.Alter(options, new SetDefault("size", "9")));

        FaultAssert.NothingHappened(database.Database, before);
    }

    private static AlterationOptions Options(Reports reports, CancellationToken token) =>
        new() { Progress = reports, ReportInterval = TimeSpan.Zero, CancellationToken = token };

    private static void AssertCancelled(CancellationTokenSource source, Action alter) =>
        Assert.That(() => alter(), Throws.TypeOf<OperationCanceledException>().With.Property(nameof(OperationCanceledException.CancellationToken)).EqualTo(source.Token));

    /// <summary>Cancels at the hundredth call of the function within a phase: the statement must stop long before its last row.</summary>
    private static void AssertInterrupted(TestDatabaseKind kind, Func<AlterationProgress, bool> isCounted, params TableChange[] changes)
    {
        using InterruptionDatabase database = InterruptionDatabase.Open(kind);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Database.Connection);
        using CancellationTokenSource source = new();
        database.Calls = 0;
        bool isArmed = false;
        Reports reports = new(report =>
        {
            if (!isArmed && isCounted(report))
            {
                isArmed = true;
                database.Calls = 0;
            }
        });
        database.Called = () =>
        {
            if (isArmed && database.Calls == 100)
            {
                source.Cancel();
            }
        };
        AlterationOptions options = Options(reports, source.Token);
        options.ReportInterval = TimeSpan.FromDays(1);

        AssertCancelled(source, () => database.Alter(options, changes));

        Assert.That(database.Calls, Is.InRange(100, 1100), "SQLite asks every thousand opcodes, and every call takes some");
        database.Called = null;
        FaultAssert.NothingHappened(database.Database, before);
        database.Alter(new AlterationOptions(), changes);
        Integrity.Check(database.Database.Connection);
    }
}
