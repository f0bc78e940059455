using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Migrations.Runner;
using Migrations.Tests.Processes.Child;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Processes;

/// <summary>An application that is killed at any moment while it upgrades, backs up or restores loses nothing and goes on at the next start.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Children)]
internal sealed class KillTests
{
    private readonly SemaphoreSlim atOnce = new(2);
    private readonly ConcurrentBag<(KillRound Round, long Version, bool Ended)> found = [];
    private readonly Dictionary<(KillPhase Phase, ForcedStrategy Strategy, JournalMode Journal), (MailFolder Start, TimeSpan Duration)> runs = [];
    private PreparedMail mail = null!; // Set before any test.

    [OneTimeSetUp]
    public void RunOnceWithoutAKill()
    {
        mail = PreparedMail.Large();
        foreach (JournalMode journal in Enum.GetValues<JournalMode>())
        {
            MailFolder old = MailFolder.With(mail, journal);
            MailFolder upgraded = Upgrade(old, ForcedStrategy.Auto, journal);
            foreach (ForcedStrategy strategy in Enum.GetValues<ForcedStrategy>().Except([ForcedStrategy.Auto]))
            {
                using MailFolder forced = Upgrade(old, strategy, journal);
                using MailFolder copied = forced.Copy();
                Assert.That(copied.AssertWhole(mail), Is.EqualTo(MailHistory.Newest), strategy.ToString);
            }

            using (MailFolder copy = upgraded.Copy())
            {
                Assert.That(copy.AssertWhole(mail), Is.EqualTo(MailHistory.Newest));
                copy.AssertBackups(mail);
            }

            (MailFolder restored, TimeSpan restore) = Run(upgraded, KillPhase.Restore, out _);
            runs[(KillPhase.Restore, ForcedStrategy.Auto, journal)] = (upgraded, restore);
            Assert.That(restored.AssertWhole(mail), Is.EqualTo(1));
            restored.Dispose();

            (MailFolder backedUp, TimeSpan backup) = Run(old, KillPhase.Backup, out _);
            runs[(KillPhase.Backup, ForcedStrategy.Auto, journal)] = (old, backup);
            backedUp.AssertBackups(mail);
            backedUp.Dispose();
        }
    }

    [OneTimeTearDown]
    public void Report()
    {
        foreach (MailFolder folder in runs.Values.Select(run => run.Start).Distinct())
        {
            folder.Dispose();
        }

        mail.Dispose();
        atOnce.Dispose();
        if (KillRound.Asked is null)
        {
            return;
        }

        foreach (var group in found.GroupBy(kill => (kill.Round.Phase, kill.Round.Strategy, kill.Round.Journal)).OrderBy(group => group.Key))
        {
            IEnumerable<string> versions = group.GroupBy(kill => kill.Version).OrderBy(kills => kills.Key)
                .Select(kills => string.Create(CultureInfo.InvariantCulture, $"{kills.Key}: {kills.Count()}"));
            TestContext.Progress.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{group.Key.Phase} {group.Key.Strategy} {group.Key.Journal}: {group.Count()} kills in {runs[group.Key].Duration.TotalMilliseconds:0} ms, {group.Count(kill => kill.Ended)} after the end, found at version {string.Join(", ", versions)}"));
        }
    }

    [TestCaseSource(typeof(KillRound), nameof(KillRound.All))]
    public async Task A_killed_process_leaves_a_whole_version_and_the_next_start_finishes(KillRound round)
    {
        await atOnce.WaitAsync();
        try
        {
            (MailFolder start, TimeSpan duration) = runs[(round.Phase, round.Strategy, round.Journal)];
            using MailFolder folder = start.Copy();
            bool hasEnded = Kill(folder, round, round.Moment * duration);

            // A copy is looked at: the next start must meet what the kill has left, not what a look has recovered.
            using MailFolder asItStands = folder.Copy();
            long version = asItStands.AssertWhole(mail);
            asItStands.AssertBackups(mail);
            found.Add((round, version, hasEnded));
            TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{round.Phase}, {round.Journal}: found at version {version}"));

            using DatabaseMigrator migrator = MailMigrator.Create(folder.File, round.Strategy);
            UpgradeResult result = await migrator.UpgradeAsync();

            Assert.That(result.Migrations.Select(migration => migration.Migration.Version), Is.EqualTo(VersionsAfter(version)));
            Assert.That(ForcedStrategyExtensions.Of(result), Is.SubsetOf(round.Strategy.TakenByMail()));
            Assert.That(migrator.GetStatus().State, Is.EqualTo(DatabaseState.UpToDate));
            Assert.That(folder.AssertWhole(mail), Is.EqualTo(MailHistory.Newest));
            folder.AssertBackups(mail);
            if (version < MailHistory.Newest)
            {
                Assert.That(folder.Partials, Is.Empty);
            }
        }
        finally
        {
            atOnce.Release();
        }
    }

    private static IEnumerable<long> VersionsAfter(long version)
    {
        for (long next = version + 1; next <= MailHistory.Newest; next++)
        {
            yield return next;
        }
    }

    private static IEnumerable<string> Arguments(MailFolder folder, KillPhase phase, ForcedStrategy strategy) => phase switch
    {
        KillPhase.Upgrade => ["upgrade", folder.File, ChildOptions.Strategy(strategy)],
        KillPhase.Backup => ["backup", folder.File],
        KillPhase.Restore => ["restore", folder.File, Oldest(folder)],
        _ => throw new ArgumentOutOfRangeException(nameof(phase)),
    };

    private static string Oldest(MailFolder folder)
    {
        using DatabaseMigrator migrator = MailMigrator.Create(folder.File);
        return migrator.GetBackups()[^1].Path;
    }

    /// <summary>Kills a child at a moment after it has begun; true where it had ended by then.</summary>
    private static bool Kill(MailFolder folder, KillRound round, TimeSpan moment)
    {
        using ChildProcess child = ChildProcess.Start(Arguments(folder, round.Phase, round.Strategy));
        child.WaitFor(ChildLine.Begins);
        long begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun) < moment)
        {
            Thread.Sleep(moment - Stopwatch.GetElapsedTime(begun) > TimeSpan.FromMilliseconds(3) ? 1 : 0);
        }

        child.Kill();
        return child.WaitForExit().ExitCode == ChildProgram.Success;
    }

    /// <summary>Upgrades without a kill, and requires that the strategies which are to be killed are really taken.</summary>
    private MailFolder Upgrade(MailFolder old, ForcedStrategy strategy, JournalMode journal)
    {
        (MailFolder upgraded, TimeSpan duration) = Run(old, KillPhase.Upgrade, out ChildOutcome outcome, strategy);
        runs[(KillPhase.Upgrade, strategy, journal)] = (old, duration);
        Assert.That(outcome.Strategies.Distinct(), Is.EquivalentTo(strategy.TakenByMail()), strategy.ToString);
        return upgraded;
    }

    private static (MailFolder Folder, TimeSpan Duration) Run(
        MailFolder start, KillPhase phase, out ChildOutcome outcome, ForcedStrategy strategy = ForcedStrategy.Auto)
    {
        MailFolder folder = start.Copy();
        using ChildProcess child = ChildProcess.Start(Arguments(folder, phase, strategy));
        child.WaitFor(ChildLine.Begins);
        long begun = Stopwatch.GetTimestamp();
        ChildOutcome ended = outcome = child.WaitForExit();
        Assert.That(outcome.ExitCode, Is.Zero, ended.ToString);
        return (folder, Stopwatch.GetElapsedTime(begun));
    }
}
