using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Migrations.Core;
using Migrations.Runner;
using Migrations.Tests.Runner;
using NUnit.Framework;

namespace Migrations.Tests.Upgrades;

/// <summary>What an upgrade tells: log, spans, progress and result name each migration, table, rows and duration.</summary>
internal sealed class ObservationTests
{
    private static MigrationAssembly First => new MigrationAssembly().Add(
        1, "CREATE TABLE person(id INTEGER PRIMARY KEY, name TEXT, age TEXT); INSERT INTO person(name, age) VALUES ('a', '1'), ('b', '2'), ('c', '3')");

    private static MigrationAssembly Next => First
        .Add(2, migration => migration.Alter.Column("age").OnTable("person").AsInt32().Nullable(), description: "ages are numbers")
        .Add(3, "CREATE TABLE pet(id)");

    [Test]
    public async Task UpgradeAsync_logsEachMigrationTableRowsAndDuration()
    {
        using UpgradeFile file = new();
        await file.UpgradeAsync(First);
        LogLines log = new();
        using ILoggerFactory loggers = LoggerFactory.Create(builder => builder.AddProvider(log).SetMinimumLevel(LogLevel.Debug));
        await using DatabaseMigrator migrator = file.Migrator(Next.Build(), loggers: loggers);

        UpgradeResult result = await migrator.UpgradeAsync();

        Assert.That(log.Lines, Has.Some.Matches($"Upgrading .*test.db: 2 migrations, from version 1"));
        Assert.That(log.Lines, Has.Some.EqualTo("Migration 2 ages are numbers (1 of 2, up) started."));
        Assert.That(log.Lines, Has.Some.Matches(@"^Table person altered \(Copy, 3 rows copied, 0 rows updated\) in 00:00:0\d\.\d+"));
        Assert.That(log.Lines, Has.Some.Matches(@"^Migration 3 M3 \(up\) done in 00:00:0\d\.\d+"));
        Assert.That(log.Lines, Has.Some.Matches(@"upgraded: 2 migrations, now version 3, in 00:00:"));
        Assert.That(log.Lines, Has.Some.Contains(result.BackupPath!));
        Assert.That(log.Lines, Has.Some.Contains("M3 migrating"), "FluentMigrator's own log");
    }

    [Test]
    public async Task UpgradeAsync_reportsTheResultOfEachMigration()
    {
        using UpgradeFile file = new();
        await file.UpgradeAsync(First);

        UpgradeResult result = await file.UpgradeAsync(Next);

        Assert.That(result.Migrations.Select(migration => migration.ToString()), Is.EqualTo(["2 ages are numbers", "3 M3"]));
        Assert.That(result.Migrations.Select(migration => migration.Duration), Is.All.GreaterThan(TimeSpan.Zero));
        AlterationResult alteration = result.Migrations[0].Alterations.Single();
        Assert.That((alteration.Table, alteration.RowsCopied), Is.EqualTo(("person", 3L)));
        Assert.That(result.Duration, Is.GreaterThanOrEqualTo(result.Migrations[0].Duration + result.Migrations[1].Duration));
    }

    [Test]
    public async Task UpgradeAsync_writesSpans()
    {
        using UpgradeFile file = new();
        await file.UpgradeAsync(First);
        List<Activity> spans = [];
        using ActivityListener listener = Listen(file, spans);

        await file.UpgradeAsync(Next);

        Activity upgrade = spans.Single(span => span.OperationName == "upgrade");
        Activity[] migrations = [.. spans.Where(span => span.OperationName == "migration")];
        Activity alteration = spans.Single(span => span.OperationName == "alteration");
        Assert.That(migrations.Select(span => span.GetTagItem("migrations.version")), Is.EqualTo([2L, 3L]));
        Assert.That(migrations[0].GetTagItem("migrations.name"), Is.EqualTo("ages are numbers"));
        Assert.That(migrations[0].GetTagItem("migrations.module"), Is.EqualTo(""));
        Assert.That(migrations.Select(span => span.ParentSpanId), Is.All.EqualTo(upgrade.SpanId));
        Assert.That(alteration.ParentSpanId, Is.EqualTo(migrations[0].SpanId));
        Assert.That(alteration.GetTagItem("migrations.table"), Is.EqualTo("person"));
        Assert.That(alteration.GetTagItem("migrations.strategy"), Is.EqualTo("Copy"));
        Assert.That(alteration.GetTagItem("migrations.rows"), Is.EqualTo(3L));
        Assert.That(alteration.GetTagItem("migrations.rows_updated"), Is.Zero);
        Assert.That(spans.Select(span => span.OperationName), Is.SupersetOf(["backup", "check"]));
        Assert.That(spans.Select(span => span.Duration), Is.All.GreaterThan(TimeSpan.Zero));
        Assert.That(spans.Select(span => span.Status), Is.All.EqualTo(ActivityStatusCode.Unset));
    }

    [Test]
    public async Task UpgradeAsync_thatFails_marksItsSpansAndLogsTheError()
    {
        using UpgradeFile file = new();
        await file.UpgradeAsync(First);
        List<Activity> spans = [];
        using ActivityListener listener = Listen(file, spans);
        LogLines log = new();
        using ILoggerFactory loggers = LoggerFactory.Create(builder => builder.AddProvider(log));
        await using DatabaseMigrator migrator = file.Migrator(
            Next.Add(4, "INSERT INTO missing VALUES (1)").Build(), options => options.OnFailure = FailurePolicy.RestoreBackup, loggers);

        await Assert.ThrowsAsync<UpgradeFailedException>(() => migrator.UpgradeAsync());

        Assert.That(
            spans.Where(span => span.Status == ActivityStatusCode.Error).Select(span => span.OperationName), Is.EqualTo(["migration", "upgrade"]));
        Assert.That(spans.Select(span => span.OperationName), Has.One.EqualTo("restore"));
        Assert.That(log.Lines, Has.Some.Matches("^The upgrade of .* failed").And.Some.Matches("^Putting back "));
    }

    [Test]
    public async Task UpgradeAsync_reportsEveryPhaseMigrationAndTable()
    {
        using UpgradeFile file = new();
        await file.UpgradeAsync(First);
        List<UpgradeProgress> reports = [];
        await using DatabaseMigrator migrator = file.Migrator(Next.Build());

        await migrator.UpgradeAsync(new ActionProgress(reports.Add));

        Assert.That(
            reports.Select(report => report.Phase).Aggregate(new List<UpgradePhase>(), AddChange),
            Is.EqualTo([UpgradePhase.BackingUp, UpgradePhase.Migrating, UpgradePhase.Checking]));
        UpgradeProgress[] migrating = [.. reports.Where(report => report.Phase == UpgradePhase.Migrating)];
        Assert.That(migrating.Select(report => (report.Migration!.Version, report.Number, report.Count)).Distinct(), Is.EqualTo([(2L, 1, 2), (3L, 2, 2)]));
        Assert.That(migrating, Has.Some.Matches<UpgradeProgress>(report => report is { Table: "person", Done: 3, Total: 3 }));
        Assert.That(reports[^1].Count, Is.EqualTo(2));
    }

    [Test]
    public async Task UpgradeAsync_whenProgressThrows_goesOnAndLogsIt()
    {
        using UpgradeFile file = new();
        LogLines log = new();
        int calls = 0;
        using ILoggerFactory loggers = LoggerFactory.Create(builder => builder.AddProvider(log));
        await using DatabaseMigrator migrator = file.Migrator(Next.Build(), loggers: loggers);

        await migrator.UpgradeAsync(new ActionProgress(_ =>
        {
            calls++;
            throw new InvalidOperationException("the window is gone");
        }));

        Assert.That(calls, Is.EqualTo(1));
        Assert.That(file.Applied(), Is.EqualTo([1, 2, 3]));
        Assert.That(log.Lines, Has.Some.Contains("progress callback failed"));
    }

    // Other tests upgrade at the same time; a database of one's own tells the spans apart.
    private static ActivityListener Listen(UpgradeFile file, List<Activity> spans)
    {
        ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == DatabaseMigrator.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                for (Activity? found = span; found is not null; found = found.Parent)
                {
                    if (file.Path.Equals(found.GetTagItem("migrations.database")))
                    {
                        lock (spans)
                        {
                            spans.Add(span);
                        }

                        return;
                    }
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static List<UpgradePhase> AddChange(List<UpgradePhase> phases, UpgradePhase phase)
    {
        if (phases.Count == 0 || phases[^1] != phase)
        {
            phases.Add(phase);
        }

        return phases;
    }
}
