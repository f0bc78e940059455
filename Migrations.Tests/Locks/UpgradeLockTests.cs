using System.Diagnostics;
using System.Globalization;
using Migrations.Runner;
using Migrations.Runner.Files;
using Migrations.Runner.Locking;
using NUnit.Framework;

namespace Migrations.Tests.Locks;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class UpgradeLockTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("migrations-lock-");

    private string Database => Path.Combine(folder.FullName, "app.db");

    public void Dispose() => folder.Delete(recursive: true);

    [Test]
    public void TryAcquire_whileSomebodyHolds_isNullUntilReleased([Values] bool isInMemory)
    {
        DatabaseFile file = isInMemory ? Named($"Data Source={folder.Name};Mode=Memory;Cache=Shared") : At(Database);
        UpgradeLock first = UpgradeLock.TryAcquire(file)!;
        Assert.That(first, Is.Not.Null);
        Assert.That(UpgradeLock.TryAcquire(file), Is.Null);

        first.Dispose();
        first.Dispose();

        using UpgradeLock? second = UpgradeLock.TryAcquire(file);
        Assert.That(second, Is.Not.Null);
    }

    [Test]
    public void TryAcquire_ofAnotherDatabaseInTheFolder_isIndependent()
    {
        using UpgradeLock? one = UpgradeLock.TryAcquire(At(Database));
        using UpgradeLock? other = UpgradeLock.TryAcquire(At(Path.Combine(folder.FullName, "other.db")));

        Assert.That(other, Is.Not.Null);
    }

    [Test]
    public void Acquire_beyondTheTimeout_namesTheHolderAndTheWayOut()
    {
        DatabaseFile file = At(Database);
        using UpgradeLock? held = UpgradeLock.TryAcquire(file);
        int waits = 0;

        DatabaseUnusableException error = Assert.Throws<DatabaseUnusableException>(
            () => UpgradeLock.Acquire(file, TimeSpan.FromMilliseconds(150), () => waits++, CancellationToken.None))!;

        Assert.That(error.Problem, Is.EqualTo(DatabaseProblem.Locked));
        Assert.That(error.Database, Is.EqualTo(Database));
        Assert.That(error.Message, Does.Contain(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)).And.Contain(Environment.MachineName)
            .And.Contain("since").And.Contain("0.15 seconds").And.Contain("LockTimeout"));
        Assert.That(waits, Is.EqualTo(1));
    }

    [Test]
    public void Acquire_withoutAHolderFile_stillTellsThatItIsLocked()
    {
        DatabaseFile file = At(Database);
        using UpgradeLock? held = UpgradeLock.TryAcquire(file);
        File.WriteAllText(LockHolder.PathFor(file), "{ not JSON");

        DatabaseUnusableException error = Assert.Throws<DatabaseUnusableException>(
            () => UpgradeLock.Acquire(file, TimeSpan.Zero, () => { }, CancellationToken.None))!;

        Assert.That(error.Message, Does.Contain("another migrator"));
    }

    [Test]
    public async Task Acquire_whenTheHolderLetsGo_takesTheLock()
    {
        DatabaseFile file = At(Database);
        UpgradeLock held = UpgradeLock.TryAcquire(file)!;
        using ManualResetEventSlim waits = new();
        Task<UpgradeLock> waiting = Task.Run(() => UpgradeLock.Acquire(file, TimeSpan.FromMinutes(3), waits.Set, CancellationToken.None));
        waits.Wait(TimeSpan.FromMinutes(3));
        Assert.That(waiting.IsCompleted, Is.False);

        held.Dispose();

        using UpgradeLock taken = await waiting;
        Assert.That(UpgradeLock.TryAcquire(file), Is.Null);
    }

    [Test]
    public async Task Acquire_cancelledWhileWaiting_ends()
    {
        DatabaseFile file = At(Database);
        using UpgradeLock? held = UpgradeLock.TryAcquire(file);
        using CancellationTokenSource source = new();

        Task waiting = Task.Run(() => UpgradeLock.Acquire(file, Timeout.InfiniteTimeSpan, source.Cancel, source.Token));

        Assert.That(await Task.WhenAny(waiting, Task.Delay(TimeSpan.FromMinutes(3))), Is.SameAs(waiting));
        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void TryAcquire_throughLinks_isOneLock()
    {
        DirectoryInfo real = folder.CreateSubdirectory("real");
        string file = Path.Combine(real.FullName, "app.db");
        Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "linked"), real.FullName);
        File.CreateSymbolicLink(Path.Combine(folder.FullName, "link.db"), file);
        File.CreateSymbolicLink(Path.Combine(folder.FullName, "relative.db"), Path.Combine("linked", "app.db"));
        string[] ways =
        [
            Path.Combine(folder.FullName, "linked", "app.db"),
            Path.Combine(folder.FullName, "link.db"),
            Path.Combine(folder.FullName, "relative.db"),
            Path.GetRelativePath(Environment.CurrentDirectory, file),
        ];
        using UpgradeLock? held = UpgradeLock.TryAcquire(At(file));

        Assert.That(ways.Select(way => UpgradeLock.PathFor(At(way))), Is.All.EqualTo(file + "-upgrade.lock"));
        Assert.That(ways.Select(way => UpgradeLock.TryAcquire(At(way))), Is.All.Null);
    }

    [Test]
    public void TryAcquire_withoutAFolder_isNoLockOfSomebody()
    {
        DatabaseUnusableException missing = Assert.Throws<DatabaseUnusableException>(
            () => UpgradeLock.TryAcquire(At(Path.Combine(folder.FullName, "gone", "app.db"))))!;
        File.WriteAllText(Path.Combine(folder.FullName, "text"), "");
        DatabaseUnusableException isFile = Assert.Throws<DatabaseUnusableException>(
            () => UpgradeLock.TryAcquire(At(Path.Combine(folder.FullName, "text", "app.db"))))!;
        DatabaseUnusableException tooLong = Assert.Throws<DatabaseUnusableException>(
            () => UpgradeLock.TryAcquire(At(Path.Combine(folder.FullName, new string('a', 250)))))!;

        Assert.That(missing.Problem, Is.EqualTo(DatabaseProblem.FolderMissing));
        Assert.That(isFile.Problem, Is.EqualTo(DatabaseProblem.FolderMissing));
        Assert.That(tooLong.Problem, Is.EqualTo(DatabaseProblem.Other));
        Assert.That(missing.Message, Does.Contain("Create the folder"));
    }

    [Test]
    public void TryAcquire_afterAChildWasStarted_isNotHeldByTheChild()
    {
        DatabaseFile file = At(Database);
        UpgradeLock held = UpgradeLock.TryAcquire(file)!;
        using Process child = Process.Start(
            OperatingSystem.IsWindows() ? new ProcessStartInfo("ping", "-n 30 127.0.0.1") { RedirectStandardOutput = true, UseShellExecute = false } : new ProcessStartInfo("sleep", "30"))!;
        try
        {
            held.Dispose();

            using UpgradeLock? next = UpgradeLock.TryAcquire(file);
            Assert.That(next, Is.Not.Null);
            Assert.That(child.HasExited, Is.False);
        }
        finally
        {
            child.Kill();
        }
    }

    [Test]
    public void Dispose_removesTheHolderAndKeepsTheLockFile()
    {
        DatabaseFile file = At(Database);
        Assert.That(UpgradeLock.WasEverTaken(file), Is.False);
        using (UpgradeLock.TryAcquire(file))
        {
            Assert.That(LockHolder.Find(LockHolder.PathFor(file))!.ProcessId, Is.EqualTo(Environment.ProcessId));
        }

        Assert.That(folder.GetFiles().Select(found => found.Name), Is.EqualTo(["app.db-upgrade.lock"]));
        Assert.That(UpgradeLock.WasEverTaken(file), Is.True);
    }

    [Test]
    public void TryAcquire_ofASharedDatabase_makesALockThatOthersMayTakeToo()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("Windows has no file modes.");
            return;
        }

        const UnixFileMode Shared = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
        File.WriteAllText(Database, "");
        File.SetUnixFileMode(Database, Shared);

        using (UpgradeLock.TryAcquire(At(Database)))
        {
            Assert.That(File.GetUnixFileMode(UpgradeLock.PathFor(At(Database))), Is.EqualTo(Shared));
        }
    }

    private static DatabaseFile At(string path) => Named($"Data Source={path}");

    private static DatabaseFile Named(string connectionString) => new(connectionString, TimeSpan.FromSeconds(1), null);
}
