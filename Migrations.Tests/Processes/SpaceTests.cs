using System.Globalization;
using Migrations.Core;
using Migrations.Runner;
using Migrations.Tests.Processes.Child;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Processes;

/// <summary>
/// No room for the backup, the journal, the log or the database itself: the database stays at a whole version with all rows,
/// the error is typed, and with room again the next start finishes.
/// </summary>
[TestFixture]
internal sealed class SpaceTests
{
    private const string Variable = "MIGRATIONS_PROPERTY_FACTOR";
    private const int Kilobyte = 1024;
    private const long DiskSize = 24L * 1024 * Kilobyte;

    private PreparedMail mail = null!; // Set before any test.

    private static int Factor =>
        int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out int factor) ? Math.Max(1, factor) : 1;

    [OneTimeSetUp]
    public void Prepare() => mail = PreparedMail.Small();

    [OneTimeTearDown]
    public void Delete() => mail.Dispose();

    [Test]
    public void Limit_on_the_size_of_files_is_met_at_every_stage_and_loses_nothing([Values] JournalMode journal)
    {
        if (!File.Exists("/bin/sh"))
        {
            Assert.Ignore("The limit is set by a Unix shell: skipped");
        }

        int failures = 0;
        foreach (long limit in Sizes(from: 4 * Kilobyte, growth: 3))
        {
            using MailFolder folder = MailFolder.With(mail, journal);
            ChildOutcome outcome = UpgradeWithin(folder, limit);
            string context = string.Create(CultureInfo.InvariantCulture, $"limit {limit} bytes: {outcome}");
            TestContext.Out.WriteLine(context);
            AssertGoesOn(folder, outcome.ExitCode == ChildProgram.Success, context);
            if (outcome.ExitCode == ChildProgram.Success)
            {
                break;
            }

            failures++;
            Assert.That(outcome.ExitCode, Is.EqualTo(ChildProgram.TypedFailure), context);
            Assert.That(outcome.Error.Type, Is.AnyOf(nameof(DatabaseUnusableException), nameof(BackupFailedException), nameof(UpgradeFailedException)), context);
            Assert.That(outcome.Error.Message, Does.Contain(folder.File), context);
        }

        Assert.That(failures, Is.GreaterThan(2));
    }

    [Test]
    public void Full_disk_is_met_at_every_stage_and_loses_nothing([Values] JournalMode journal)
    {
        using SmallDisk disk = SmallDisk.Mount(DiskSize);
        int failures = 0;
        foreach (long free in Sizes(from: 4 * Kilobyte, growth: 1.35))
        {
            using MailFolder folder = MailFolder.In(disk.FullName, mail, journal);
            disk.LeaveFree(free);
            (bool isDone, MigrationsException? error) = Upgrade(folder, checksFreeSpace: false);
            disk.Clear();
            string context = string.Create(CultureInfo.InvariantCulture, $"{free} bytes free: {error}");
            TestContext.Out.WriteLine(context.Split('\n')[0]);
            AssertGoesOn(folder, isDone, context);
            if (error is null)
            {
                break;
            }

            failures++;
            Assert.That(ChildError.Of(error).Problem, Is.EqualTo(nameof(DatabaseProblem.DiskFull)), context);
            Assert.That(error.Message, Does.Contain(folder.File).And.Match("(?i)free |room"), context);
        }

        Assert.That(failures, Is.GreaterThan(5));
    }

    [Test]
    public void Disk_with_too_little_room_is_found_before_anything_is_written([Values] JournalMode journal)
    {
        using SmallDisk disk = SmallDisk.Mount(DiskSize);
        using MailFolder folder = MailFolder.In(disk.FullName, mail, journal);
        byte[] before = folder.Bytes();
        disk.LeaveFree(before.Length / 2);

        (_, MigrationsException? error) = Upgrade(folder, checksFreeSpace: true);

        Assert.That(error, Is.TypeOf<DatabaseUnusableException>());
        Assert.That(ChildError.Of(error!).Problem, Is.EqualTo(nameof(DatabaseProblem.DiskFull))); // Not null by the line before.
        Assert.That(folder.Bytes(), Is.EqualTo(before));
        Assert.That(folder.Names.Where(name => name.Contains(".backup", StringComparison.Ordinal)), Is.Empty);
        disk.Clear();
        AssertGoesOn(folder, isDone: false, "with room");
    }

    /// <summary>Sizes that grow until an upgrade fits, or the disk does not hold more.</summary>
    private static IEnumerable<long> Sizes(long from, double growth)
    {
        double factor = Math.Pow(growth, 1.0 / Factor);
        for (double size = from; size < DiskSize; size *= factor)
        {
            yield return (long)size;
        }
    }

    private static (bool IsDone, MigrationsException? Error) Upgrade(MailFolder folder, bool checksFreeSpace)
    {
        DatabaseMigratorOptions options = MailMigrator.Options(folder.File);
        options.Backup.ChecksFreeSpace = checksFreeSpace;
        using DatabaseMigrator migrator = DatabaseMigrator.Create(options);
        try
        {
            migrator.UpgradeAsync().GetAwaiter().GetResult();
            return (true, null);
        }
        catch (MigrationsException error)
        {
            return (false, error);
        }
    }

    private static ChildOutcome UpgradeWithin(MailFolder folder, long bytes)
    {
        // POSIX counts the limit in blocks of 512 bytes, and some shells in kilobytes: what counts is that it grows.
        string blocks = (bytes / 512).ToString(CultureInfo.InvariantCulture);
        string[] shell = ["/bin/sh", "-c", "trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\"", blocks];
        using ChildProcess child = ChildProcess.StartBy(shell, "upgrade", folder.File);
        return child.WaitForExit();
    }

    private void AssertGoesOn(MailFolder folder, bool isDone, string context)
    {
        using (MailFolder asItStands = folder.Copy())
        {
            long version = asItStands.AssertWhole(mail);
            Assert.That(version == MailHistory.Newest, Is.EqualTo(isDone), context);
            asItStands.AssertBackups(mail);
            Assert.That(asItStands.Partials, Is.Empty, context);
        }

        (bool finishes, MigrationsException? error) = Upgrade(folder, checksFreeSpace: false);
        Assert.That(finishes, Is.True, () => $"{context}\nthen {error}");
        Assert.That(folder.AssertWhole(mail), Is.EqualTo(MailHistory.Newest));
        folder.AssertBackups(mail);
    }
}
