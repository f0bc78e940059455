using Migrations.Tests.Processes.Child;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Processes;

/// <summary>What the operating system does not let a process do: it is said, nothing changes, and with the permission the next start works.</summary>
[TestFixture]
internal sealed class PermissionTests
{
    private const UnixFileMode All = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead
        | UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite
        | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private const UnixFileMode Write = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private PreparedMail mail = null!; // Set before any test.
    private string[] asNobody = [];

    [OneTimeSetUp]
    public void Prepare()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("The modes of files are Unix's: skipped");
        }

        // No mode stops root.
        if (Environment.IsPrivilegedProcess)
        {
            if (!File.Exists("/usr/bin/setpriv"))
            {
                Assert.Ignore("The tests run as root, and setpriv, which makes a process another user's, was not found: skipped");
            }

            asNobody = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
        }

        mail = PreparedMail.Small();
    }

    [OneTimeTearDown]
    public void Delete() => mail?.Dispose();

    [TestCase(JournalMode.Delete, All & ~Execute & ~Write, All, "ReadOnlyFile")]
    [TestCase(JournalMode.Wal, All & ~Execute & ~Write, All, "ReadOnlyFile")]
    [TestCase(JournalMode.Delete, All & ~Execute, All & ~Write, "ReadOnlyFolder")]
    [TestCase(JournalMode.Wal, All & ~Execute, All & ~Write, "ReadOnlyFolder")]
    [TestCase(JournalMode.Delete, All & ~Execute & ~Write, All & ~Write, "ReadOnlyFolder")]
    [TestCase(JournalMode.Delete, UnixFileMode.None, All, "AccessDenied")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Process_without_permission_changes_nothing_and_says_which_it_needs(
        JournalMode journal, UnixFileMode file, UnixFileMode folderMode, string problem)
    {
        using MailFolder folder = MailFolder.With(mail, journal);
        byte[] before = folder.Bytes();
        try
        {
            File.SetUnixFileMode(folder.File, file);
            File.SetUnixFileMode(folder.FullName, folderMode);

            ChildOutcome outcome = Upgrade(folder);

            Assert.That(outcome.ExitCode, Is.EqualTo(ChildProgram.TypedFailure), outcome.ToString);
            Assert.That((outcome.Error.Type, outcome.Error.Problem), Is.EqualTo(("DatabaseUnusableException", problem)), outcome.ToString);
            Assert.That(outcome.Error.Message, Does.Contain(folder.File).And.Contain("right"));
        }
        finally
        {
            File.SetUnixFileMode(folder.FullName, All);
            File.SetUnixFileMode(folder.File, All & ~Execute);
        }

        Assert.That(folder.Bytes(), Is.EqualTo(before));
        Assert.That(folder.Names.Except([MailFolder.FileName, MailFolder.FileName + "-upgrade.lock"]), Is.Empty);
        ChildOutcome permitted = Upgrade(folder);
        Assert.That(permitted.ExitCode, Is.Zero, permitted.ToString);
        Assert.That(folder.AssertWhole(mail), Is.EqualTo(MailHistory.Newest));
    }

    private ChildOutcome Upgrade(MailFolder folder)
    {
        using ChildProcess child = ChildProcess.StartBy(asNobody, "upgrade", folder.File, ChildOptions.BusyTimeout(seconds: 1));
        return child.WaitForExit();
    }
}
