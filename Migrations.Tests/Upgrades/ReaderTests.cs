using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;
using SQLitePCL;

namespace Migrations.Tests.Upgrades;

/// <summary>Other connections that read during the whole upgrade.</summary>
internal sealed class ReaderTests
{
    private const int Rows = 3000;
    private const int Steps = 8;

    [Test]
    public async Task UpgradeAsync_withReaders_neverShowsThemHalfOfAMigration([Values] JournalMode journal)
    {
        using UpgradeFile file = new();
        await file.UpgradeAsync(Migrations(1));
        file.Execute($"PRAGMA journal_mode = {journal}");
        using CancellationTokenSource done = new();
        Reader[] readers = [.. Enumerable.Range(0, 3).Select(_ => new Reader(file, done.Token))];

        UpgradeResult result;
        try
        {
            await using DatabaseMigrator migrator = file.Migrator(Migrations(Steps).Build(), options => options.BusyTimeout = TimeSpan.FromSeconds(60));

            // Before and within each migration, all of them look at least once.
            result = await migrator.UpgradeAsync(new ActionProgress(_ => Array.ForEach(readers, reader => reader.WaitForALook())));
        }
        finally
        {
            await done.CancelAsync();
        }

        await Task.WhenAll(readers.Select(reader => reader.Ended));
        Assert.That(result.Migrations, Has.Count.EqualTo(Steps - 1));
        Assert.That(readers.SelectMany(reader => reader.Wrong), Is.Empty);
        if (journal == JournalMode.Wal)
        {
            Assert.That(readers.Select(reader => reader.Reads), Is.All.GreaterThan(Steps));
            Assert.That(readers.Select(reader => reader.Busy), Is.All.Zero);
        }
        else
        {
            Assert.That(readers.Select(reader => reader.Reads), Is.All.Positive);
        }

        Assert.That(file.Scalar<long>("SELECT sum(v) FROM a"), Is.EqualTo(Rows * (Steps - 1L)));
    }

    // Each step adds one to every row of both tables, and copies one of them.
    private static MigrationAssembly Migrations(int count)
    {
        MigrationAssembly migrations = new MigrationAssembly().Add(
            1,
            $"""
            CREATE TABLE a(id INTEGER PRIMARY KEY, v INTEGER, t TEXT);
            CREATE TABLE b(id INTEGER PRIMARY KEY, v INTEGER, t TEXT);
            INSERT INTO a WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Rows}) SELECT i, 0, 'x' FROM n;
            INSERT INTO b SELECT * FROM a;
            """);
        for (int version = 2; version <= count; version++)
        {
            string copied = version % 2 == 0 ? "a" : "b";
            int length = version;
            migrations.Add(version, migration =>
            {
                migration.Execute.Sql("UPDATE a SET v = v + 1");
                migration.Alter.Column("t").OnTable(copied).AsString(length).Nullable();
                migration.Execute.Sql("UPDATE b SET v = v + 1");
            });
        }

        return migrations;
    }

    /// <summary>A connection that reads again and again, and keeps what no version holds.</summary>
    private sealed class Reader
    {
        private readonly string connectionString;
        private readonly CancellationToken done;
        private int looks;

        public Reader(UpgradeFile file, CancellationToken done)
        {
            connectionString = file.ConnectionString + ";Pooling=False;Default Timeout=2";
            this.done = done;
            Ended = Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        public Task Ended { get; }

        public int Reads { get; private set; }

        public int Busy { get; private set; }

        public List<string> Wrong { get; } = [];

        /// <summary>Waits for the end of a look that begins from now on.</summary>
        public void WaitForALook()
        {
            int enough = Volatile.Read(ref looks) + 2;
            SpinWait.SpinUntil(() => Volatile.Read(ref looks) >= enough || Ended.IsCompleted);
        }

        private void Read()
        {
            long last = 0;
            using SqliteConnection connection = new(connectionString);
            connection.Open();
            while (!done.IsCancellationRequested)
            {
                try
                {
                    object?[] row = connection.Rows("SELECT (SELECT sum(v) FROM a), (SELECT sum(v) FROM b), (SELECT count(*) FROM a)").Single();
                    Reads++;
                    if (!Equals(row[0], row[1]) || !Equals(row[2], (long)Rows) || (long)row[0]! < last || (long)row[0]! % Rows != 0)
                    {
                        Wrong.Add(string.Join(", ", row));
                    }

                    last = (long)row[0]!;
                }
                catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_BUSY)
                {
                    Busy++;
                }

                Interlocked.Increment(ref looks);
            }
        }
    }
}
