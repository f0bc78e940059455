using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Runner.Fleet;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Fleet;

[Parallelizable(ParallelScope.All)]
internal sealed class FleetRunTests
{
    private static readonly EmittedStep DropNote = EmittedStep.Sql(3, "ALTER TABLE user DROP COLUMN note");

    [Test]
    public async Task RunAsync_goes_on_where_a_file_is_of_no_use()
    {
        using FleetFolder folder = new FleetFolder(DropNote).With("a.db", "damaged.db", "newer.db", "z.db");
        byte[] damaged = Damage(folder.Path("damaged.db"));
        File.WriteAllText(folder.Path("empty.db"), "");
        File.WriteAllText(folder.Path("text.db"), "This is what somebody wrote, and no database at all.");
        folder.Execute("newer.db", "INSERT INTO VersionInfo (Version, Description) VALUES (9, 'later')");
        DatabaseSnapshot newer = folder.Snapshot("newer.db");
        ImmutableArray<string> files = [.. folder.Files, folder.Path("gone.db")];

        ImmutableArray<FleetResult> results = await folder.RunAsync(files: files);

        Assert.That(
            FleetFolder.Outcomes(results),
            Is.EqualTo(["a.db Upgraded", "damaged.db Failed", "empty.db Refused", "newer.db Refused", "text.db Failed", "z.db Upgraded", "gone.db Failed"]));
        Assert.That(results.Select(result => result.Problem), Is.EqualTo(new DatabaseProblem?[] { null, DatabaseProblem.Damaged, null, null, DatabaseProblem.NotADatabase, null, null }));
        Assert.That(results[3].Message, Does.Contain("newer").Or.Contain("9"));
        Assert.That(results.Select(result => result.Message is null), Is.EqualTo([true, false, false, false, false, true, false]));
        Assert.That((folder.Version("a.db"), folder.Version("z.db")), Is.EqualTo((3, 3)));
        Assert.That(File.ReadAllBytes(folder.Path("damaged.db")), Is.EqualTo(damaged));
        Assert.That(new FileInfo(folder.Path("empty.db")).Length, Is.Zero);
        Assert.That(File.Exists(folder.Path("gone.db")), Is.False);
        folder.Snapshot("newer.db").AssertSameAs(newer);
    }

    [Test]
    public async Task RunAsync_upgrades_with_backups_and_keeps_the_rows()
    {
        using FleetFolder folder = new FleetFolder(DropNote).With("a.db", "b.db", "c.db");
        folder.Execute("b.db", "PRAGMA journal_mode = WAL");
        List<int> counts = [];

        ImmutableArray<FleetResult> results = await folder.RunAsync(ended: (count, _) => counts.Add(count));

        Assert.That(counts, Is.EqualTo([1, 2, 3]));
        foreach (FleetResult result in results)
        {
            Assert.That(
                (result.Outcome, string.Join(",", result.From), string.Join(",", result.To), result.Message), Is.EqualTo((FleetOutcome.Upgraded, "2", "3", default(string))));
            using SqliteConnection backup = folder.Open(Path.GetFileName(result.Backup!)); // It was made.
            Assert.That(backup.Scalar<long>("SELECT count(note IS NULL) FROM user"), Is.EqualTo(2), "it has the column, as before");
            using SqliteConnection upgraded = folder.Open(Path.GetFileName(result.File));
            Assert.That(upgraded.Rows("SELECT id, email, quota FROM user"), Is.EqualTo(new object[][] { [1L, Path.GetFileName(result.File), 7L], [2L, "other", 8L] }));
            Assert.That(() => upgraded.Scalar<long>("SELECT count(user.note) FROM user"), Throws.InstanceOf<SqliteException>());
        }
    }

    [Test]
    public async Task RunAsync_leaves_a_locked_file_as_it_was_and_another_run_does_only_that_one()
    {
        using FleetFolder folder = new FleetFolder(DropNote).With("a.db", "b.db", "c.db");
        DatabaseSnapshot before = folder.Snapshot("b.db");
        ImmutableArray<FleetResult> first;
        using (SqliteConnection other = folder.Open("b.db"))
        {
            other.Execute("BEGIN IMMEDIATE");
            first = await folder.RunAsync();
            other.Execute("ROLLBACK");
        }

        folder.Snapshot("b.db").AssertSameAs(before);
        ImmutableArray<FleetResult> second = await folder.RunAsync();

        Assert.That(FleetFolder.Outcomes(first), Is.EqualTo(["a.db Upgraded", "b.db Locked", "c.db Upgraded"]));
        Assert.That((first[1].Problem, string.Join(",", first[1].From), string.Join(",", first[1].To)), Is.EqualTo((DatabaseProblem.Busy, "2", "2")));
        Assert.That(FleetFolder.Outcomes(second), Is.EqualTo(["a.db UpToDate", "b.db Upgraded", "c.db UpToDate"]));
    }

    [Test]
    public async Task RunAsync_tells_how_far_a_file_came_whose_migration_failed()
    {
        EmittedStep required = EmittedStep.Sql(4, "CREATE TABLE strict (email TEXT NOT NULL UNIQUE); INSERT INTO strict SELECT email FROM user");
        using FleetFolder folder = new FleetFolder(DropNote, required).With("a.db", "b.db");
        folder.Execute("a.db", "UPDATE user SET email = 'same'");

        ImmutableArray<FleetResult> results = await folder.RunAsync();

        Assert.That(FleetFolder.Outcomes(results), Is.EqualTo(["a.db Failed", "b.db Upgraded"]));
        Assert.That((string.Join(",", results[0].From), string.Join(",", results[0].To), results[0].Migration?.Version), Is.EqualTo(("2", "3", 4)));
        Assert.That(folder.Version("a.db"), Is.EqualTo(3));
        Assert.That(File.Exists(results[0].Backup));
    }

    [Test]
    public async Task RunAsync_to_a_version_stops_there_and_takes_nothing_back()
    {
        using FleetFolder folder = new FleetFolder(EmittedStep.Sql(3, "CREATE TABLE c (x)", "DROP TABLE c"), EmittedStep.Sql(4, "CREATE TABLE d (x)", "DROP TABLE d"))
            .With("a.db", "b.db", "c.db");
        await folder.RunAsync(files: [folder.Path("b.db")]);
        DatabaseSnapshot above = folder.Snapshot("b.db");
        FleetOptions options = folder.Options with { Version = 3 };

        ImmutableArray<FleetResult> first = await folder.RunAsync(options);
        ImmutableArray<FleetResult> second = await folder.RunAsync(options);

        Assert.That(FleetFolder.Outcomes(first), Is.EqualTo(["a.db Upgraded", "b.db Refused", "c.db Upgraded"]));
        Assert.That(FleetFolder.Outcomes(second), Is.EqualTo(["a.db UpToDate", "b.db Refused", "c.db UpToDate"]));
        Assert.That((folder.Version("a.db"), folder.Version("c.db")), Is.EqualTo((3, 3)));
        folder.Snapshot("b.db").AssertSameAs(above);
    }

    [Test]
    public async Task RunAsync_loses_data_only_where_it_may()
    {
        using FleetFolder folder = new FleetFolder(DropNote with { LosesData = "nobody reads notes" }).With("a.db", "b.db");
        DatabaseSnapshot before = folder.Snapshot("a.db");

        ImmutableArray<FleetResult> unasked = await folder.RunAsync();
        folder.Snapshot("a.db").AssertSameAs(before);
        ImmutableArray<FleetResult> below = await folder.RunAsync(folder.Options with { Version = 2 });
        ImmutableArray<FleetResult> allowed = await folder.RunAsync(folder.Options with { AllowsDataLoss = true });

        Assert.That(FleetFolder.Outcomes(unasked), Is.EqualTo(["a.db Refused", "b.db Refused"]));
        Assert.That(unasked[0].Message, Does.Contain("3 M3: nobody reads notes"));
        Assert.That(FleetFolder.Outcomes(below), Is.EqualTo(["a.db UpToDate", "b.db UpToDate"]));
        Assert.That(FleetFolder.Outcomes(allowed), Is.EqualTo(["a.db Upgraded", "b.db Upgraded"]));
    }

    [Test]
    public async Task RunAsync_begins_no_file_after_as_many_failures_as_were_named()
    {
        using FleetFolder folder = new FleetFolder(DropNote).With("a.db", "b.db", "c.db", "d.db");
        Damage(folder.Path("b.db"));

        ImmutableArray<FleetResult> results = await folder.RunAsync(folder.Options with { Parallel = 1, StopAfter = 1 });

        Assert.That(FleetFolder.Outcomes(results), Is.EqualTo(["a.db Upgraded", "b.db Failed", "c.db NotBegun", "d.db NotBegun"]));
        Assert.That(folder.Version("c.db"), Is.EqualTo(2));
    }

    [Test]
    public async Task RunAsync_that_is_cancelled_rolls_back_what_is_running_and_another_run_finishes()
    {
        using CancellationTokenSource cancellation = new();
        EmittedStep cancelled = new(3, migration =>
        {
            migration.Execute.Sql("ALTER TABLE user DROP COLUMN note");
            migration.Execute.WithConnection((connection, transaction) =>
            {
                if (connection.ConnectionString.Contains("b.db", StringComparison.Ordinal))
                {
                    cancellation.Cancel();
                }
            });
            migration.Execute.Sql("CREATE TABLE late (x)");
        });
        using FleetFolder folder = new FleetFolder(cancelled).With("a.db", "b.db", "c.db");
        DatabaseSnapshot before = folder.Snapshot("b.db");
        List<string> ended = [];

        ImmutableArray<FleetResult> first = await folder.RunAsync(
            folder.Options with { Parallel = 1 }, (_, result) => ended.Add(Path.GetFileName(result.File)), cancellationToken: cancellation.Token);
        folder.Snapshot("b.db").AssertSameAs(before);
        ImmutableArray<FleetResult> second = await folder.RunAsync();

        Assert.That(FleetFolder.Outcomes(first), Is.EqualTo(["a.db Upgraded", "b.db Cancelled", "c.db NotBegun"]));
        Assert.That((string.Join(",", first[1].From), string.Join(",", first[1].To)), Is.EqualTo(("2", "2")));
        Assert.That(ended, Is.EqualTo(["a.db", "b.db"]));
        Assert.That(FleetFolder.Outcomes(second), Is.EqualTo(["a.db UpToDate", "b.db Upgraded", "c.db Upgraded"]));
    }

    [Test]
    public async Task RunAsync_twice_at_once_upgrades_each_file_once()
    {
        using FleetFolder folder = new FleetFolder(DropNote).With("a.db", "b.db", "c.db", "d.db");
        FleetOptions patient = folder.Options;
        patient.Migrator.BusyTimeout = TimeSpan.FromMinutes(2);

        ImmutableArray<FleetResult>[] both = await Task.WhenAll(folder.RunAsync(patient), folder.RunAsync(patient));

        for (int i = 0; i < 4; i++)
        {
            Assert.That(both.Select(results => results[i].Outcome), Is.EquivalentTo([FleetOutcome.Upgraded, FleetOutcome.UpToDate]), both[0][i].File);
        }
    }

    [Test]
    public async Task Forecast_counts_over_all_files_what_would_be_lost()
    {
        using FleetFolder folder = new FleetFolder(DropNote with { LosesData = "nobody reads notes" }).With("a.db", "b.db", "c.db", "d.db");
        folder.Execute("a.db", "UPDATE user SET note = 'first'");
        folder.Execute("b.db", "UPDATE user SET note = 'second' WHERE id = 1");
        Damage(folder.Path("d.db"));
        FleetForecast forecast = new(folder.Options);
        FleetForecast below = new(folder.Options with { Version = 2 });

        await forecast.RunAsync(folder.Files, CancellationToken.None);
        await below.RunAsync(folder.Files, CancellationToken.None);

        Assert.That(forecast.Lines, Is.EqualTo(["3 M3: drops column \"user\".\"note\": 3 values (2 files)", "3 M3: nobody reads notes (3 files)"]));
        Assert.That((forecast.Files, forecast.Unknown), Is.EqualTo((3, 1)));
        Assert.That(below.Lines, Is.Empty);
    }

    [Test]
    public async Task RunAsync_opens_each_file_with_all_words_of_the_connection_string()
    {
        using FleetFolder folder = new FleetFolder(DropNote).With("a.db", "b.db");
        ConcurrentBag<long> foreignKeys = [];
        folder.Options.Migrator.ConnectionOpened = connection => foreignKeys.Add(connection.Scalar<long>("PRAGMA foreign_keys"));

        ImmutableArray<FleetResult> results = await folder.RunAsync();

        Assert.That(FleetFolder.Outcomes(results), Is.EqualTo(["a.db Upgraded", "b.db Upgraded"]));
        Assert.That(foreignKeys, Is.Not.Empty.And.All.EqualTo(1));
    }

    [Test]
    public async Task Survey_tells_what_an_upgrade_would_meet_and_changes_nothing()
    {
        using FleetFolder folder = new FleetFolder(DropNote with { LosesData = "nobody reads notes" }).With("a.db", "b.db", "c.db");
        await folder.RunAsync(folder.Options with { AllowsDataLoss = true }, files: [folder.Path("b.db")]);
        byte[] damaged = Damage(folder.Path("c.db"));
        DatabaseSnapshot before = folder.Snapshot("a.db");
        string[] there = Directory.GetFiles(folder.Root);

        ImmutableArray<FleetStatus> found = await FleetSurvey.RunAsync(folder.Files, folder.Options, CancellationToken.None);

        Assert.That(found.Select(status => status.State), Is.EqualTo([DatabaseState.Pending, DatabaseState.UpToDate, DatabaseState.Unusable]));
        Assert.That(found.Select(status => string.Join(",", status.Versions)), Is.EqualTo(["2", "3", ""]));
        Assert.That(found.Select(status => (status.Pending, status.Losses.Length)), Is.EqualTo([(1, 1), (0, 0), (0, 0)]));
        Assert.That(Directory.GetFiles(folder.Root), Is.EquivalentTo(there));
        Assert.That(File.ReadAllBytes(folder.Path("c.db")), Is.EqualTo(damaged));
        folder.Snapshot("a.db").AssertSameAs(before);
    }

    // The first page's schema; the header stays, as it does where a disk fails.
    private static byte[] Damage(string path)
    {
        byte[] content = File.ReadAllBytes(path);
        content.AsSpan(100, 3000).Fill(0xAA);
        File.WriteAllBytes(path, content);
        return content;
    }
}
