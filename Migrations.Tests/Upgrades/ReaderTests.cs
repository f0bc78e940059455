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
        Task<(int Reads, int Busy, List<string> Wrong)>[] readers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() => Read(file, done.Token)))];

        UpgradeResult result;
        try
        {
            result = await file.UpgradeAsync(Migrations(Steps), options => options.BusyTimeout = TimeSpan.FromSeconds(60));
        }
        finally
        {
            await done.CancelAsync();
        }

        (int Reads, int Busy, List<string> Wrong)[] outcomes = await Task.WhenAll(readers);
        Assert.That(result.Migrations, Has.Count.EqualTo(Steps - 1));
        Assert.That(outcomes.SelectMany(outcome => outcome.Wrong), Is.Empty);
        Assert.That(outcomes.Sum(outcome => outcome.Reads), Is.GreaterThan(Steps));
        if (journal == JournalMode.Wal)
        {
            Assert.That(outcomes.Select(outcome => outcome.Busy), Is.All.Zero);
        }

        Assert.That(file.Scalar<long>("SELECT sum(v) FROM a"), Is.EqualTo(Rows * (Steps - 1L)));
    }

    private static (int Reads, int Busy, List<string> Wrong) Read(UpgradeFile file, CancellationToken done)
    {
        int reads = 0;
        int busy = 0;
        long last = 0;
        List<string> wrong = [];
        using SqliteConnection connection = new(file.ConnectionString + ";Pooling=False;Default Timeout=2");
        connection.Open();
        while (!done.IsCancellationRequested)
        {
            try
            {
                object?[] row = connection.Rows("SELECT (SELECT sum(v) FROM a), (SELECT sum(v) FROM b), (SELECT count(*) FROM a)").Single();
                reads++;
                if (!Equals(row[0], row[1]) || !Equals(row[2], (long)Rows) || (long)row[0]! < last || (long)row[0]! % Rows != 0)
                {
                    wrong.Add(string.Join(", ", row));
                }

                last = (long)row[0]!;
            }
            catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_BUSY)
            {
                busy++;
            }
        }

        return (reads, busy, wrong);
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
}
