using Microsoft.Data.Sqlite;
using Migrations.Tests.Processes.Child;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Processes;

/// <summary>Processes that start at the same time: one upgrades, all succeed, and nobody waits for the dead.</summary>
[TestFixture]
internal sealed class RaceTests
{
    private PreparedMail mail = null!; // Set before any test.

    [OneTimeSetUp]
    public void Prepare() => mail = PreparedMail.Small();

    [OneTimeTearDown]
    public void Delete() => mail.Dispose();

    [Test]
    public void Processes_that_start_at_once_on_a_missing_file_all_succeed_and_apply_each_migration_once()
    {
        using MailFolder folder = MailFolder.Empty();

        AssertOneUpgrade(Race(folder, processes: 20), from: 0, backups: 0);

        AssertNewest(folder);
    }

    [TestCase(JournalMode.Wal, 20, ForcedStrategy.Auto)]
    [TestCase(JournalMode.Delete, 8, ForcedStrategy.Auto)]
    [TestCase(JournalMode.Wal, 6, ForcedStrategy.CopyOnly)]
    [TestCase(JournalMode.Delete, 6, ForcedStrategy.InPlaceFirst)]
    [TestCase(JournalMode.Wal, 6, ForcedStrategy.InPlaceFirst)]
    [TestCase(JournalMode.Delete, 6, ForcedStrategy.NativeFirst)]
    public void Processes_that_start_at_once_on_an_old_file_all_succeed_and_make_one_backup(
        JournalMode journal, int processes, ForcedStrategy strategy)
    {
        using MailFolder folder = MailFolder.With(mail, journal);

        List<ChildOutcome> outcomes = Race(folder, processes, strategy);

        AssertOneUpgrade(outcomes, from: 1, backups: 1);
        Assert.That(outcomes.SelectMany(outcome => outcome.Strategies).Distinct(), Is.EquivalentTo(strategy.TakenByMail()));

        Assert.That(folder.AssertWhole(mail), Is.EqualTo(MailHistory.Newest));
        folder.AssertBackups(mail);
    }

    [TestCase(JournalMode.Wal)]
    [TestCase(JournalMode.Delete)]
    public void Processes_that_start_at_once_on_an_empty_database_all_succeed(JournalMode journal)
    {
        using MailFolder folder = MailFolder.Empty();
        using (SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = folder.File, Pooling = false }.ToString()))
        {
            connection.Open();
            connection.Execute($"PRAGMA journal_mode = {journal}");
        }

        AssertOneUpgrade(Race(folder, processes: 6), from: 0, backups: 0);

        AssertNewest(folder);
    }

    [TestCase(JournalMode.Wal, ForcedStrategy.Auto)]
    [TestCase(JournalMode.Delete, ForcedStrategy.CopyOnly)]
    [TestCase(JournalMode.Wal, ForcedStrategy.InPlaceFirst)]
    [TestCase(JournalMode.Delete, ForcedStrategy.NativeFirst)]
    public void Process_that_is_killed_in_an_upgrade_lets_the_waiting_one_go_on(JournalMode journal, ForcedStrategy strategy)
    {
        const int StandAt = 7;
        using MailFolder folder = MailFolder.With(mail, journal);
        using ChildProcess holder = ChildProcess.Start("upgrade", folder.File, ChildOptions.Stand(StandAt), ChildOptions.Strategy(strategy));
        holder.WaitFor(ChildLine.Stands);
        using ChildProcess waiting = ChildProcess.Start("upgrade", folder.File, ChildOptions.Strategy(strategy));
        waiting.WaitFor(ChildLine.Waits);

        holder.Kill();
        ChildOutcome outcome = waiting.WaitForExit();

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
        Assert.That(outcome.Applied, Is.EqualTo(Versions(from: StandAt + 1)));
        Assert.That(folder.AssertWhole(mail), Is.EqualTo(MailHistory.Newest));
        folder.AssertBackups(mail);
    }

    [Test]
    public void Process_that_waits_too_long_names_the_one_that_upgrades()
    {
        using MailFolder folder = MailFolder.With(mail, JournalMode.Wal);
        using ChildProcess holder = ChildProcess.Start("upgrade", folder.File, ChildOptions.Stand(3));
        holder.WaitFor(ChildLine.Stands);
        using ChildProcess waiting = ChildProcess.Start("upgrade", folder.File, ChildOptions.LockTimeout(seconds: 1));

        ChildOutcome outcome = waiting.WaitForExit();

        Assert.That(outcome.ExitCode, Is.EqualTo(ChildProgram.TypedFailure), outcome.ToString);
        Assert.That((outcome.Error.Type, outcome.Error.Problem), Is.EqualTo(("DatabaseUnusableException", "Locked")));
        Assert.That(outcome.Error.Message, Does.Match($@"\b{holder.Id}\b"));
    }

    private static List<ChildOutcome> Race(MailFolder folder, int processes, ForcedStrategy strategy = ForcedStrategy.Auto)
    {
        List<ChildProcess> children = [];
        try
        {
            for (int i = 0; i < processes; i++)
            {
                children.Add(ChildProcess.Start("upgrade", folder.File, ChildOptions.Gate, ChildOptions.Strategy(strategy)));
            }

            children.ForEach(child => child.WaitFor(ChildLine.Ready));
            children.ForEach(child => child.Go());
            return children.ConvertAll(child => child.WaitForExit());
        }
        finally
        {
            children.ForEach(child => child.Dispose());
        }
    }

    private static void AssertOneUpgrade(List<ChildOutcome> outcomes, int from, int backups)
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (ChildOutcome outcome in outcomes)
            {
                Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
            }
        }

        Assert.That(outcomes.SelectMany(outcome => outcome.Applied), Is.EquivalentTo(Versions(from + 1)));
        Assert.That(outcomes.SelectMany(outcome => outcome.Backups).Count(), Is.EqualTo(backups));
    }

    private static IEnumerable<long> Versions(int from) => Enumerable.Range(from, (int)MailHistory.Newest - from + 1).Select(version => (long)version);

    private static void AssertNewest(MailFolder folder)
    {
        using SqliteConnection connection = MailContent.Open(folder.File);
        Integrity.Check(connection);
        Assert.That(MailFolder.VersionsIn(connection), Is.EqualTo(Versions(from: 1)));
    }
}
