using System.Diagnostics;
using System.Text;
using Migrations.Runner.Files;
using Migrations.Runner.Locking;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Cli;

/// <summary>Another process migrates the database after the tool has looked at it, and before the tool holds the upgrade lock.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class MeanwhileTests
{
    private static readonly SqlMigration[] Migrations =
    [
        new(1, "CreateUser", "CREATE TABLE \"user\" (id INTEGER PRIMARY KEY, email TEXT)", "DROP TABLE \"user\""),
        new(2, "AddNote", "ALTER TABLE \"user\" ADD COLUMN note TEXT", "ALTER TABLE \"user\" DROP COLUMN note"),
        new(3, "AddQuota", "ALTER TABLE \"user\" ADD COLUMN quota TEXT", "ALTER TABLE \"user\" DROP COLUMN quota", "it is a test"),
    ];

    [Test]
    public void Upgrade_to_a_version_does_not_take_back_what_another_process_has_applied()
    {
        using ToolFolder folder = At(1);

        ToolOutcome outcome = WhileLocked(folder, "upgrade", () => folder.Execute(
            """
            ALTER TABLE "user" ADD COLUMN note TEXT;
            ALTER TABLE "user" ADD COLUMN quota TEXT;
            UPDATE "user" SET note = 'kept', quota = 'kept';
            INSERT INTO VersionInfo (Version, AppliedOn, Description) VALUES (2, '2026-03-14', 'AddNote'), (3, '2026-03-14', 'AddQuota');
            """));

        Assert.That(outcome.Error, Does.EndWith("\"~/app.db\" is at version 3, above 2: `downgrade --to 2` takes migrations back. Nothing was changed.\n"));
        Assert.That(outcome.ExitCode, Is.EqualTo(3));
    }

    [Test]
    public void Downgrade_to_a_version_does_not_apply_what_another_process_has_taken_back()
    {
        using ToolFolder folder = At(3);

        ToolOutcome outcome = WhileLocked(folder, "downgrade", () => folder.Execute(
            """
            ALTER TABLE "user" DROP COLUMN quota;
            ALTER TABLE "user" DROP COLUMN note;
            DELETE FROM VersionInfo WHERE Version > 1;
            """));

        Assert.That(outcome.Error, Does.EndWith("\"~/app.db\" is at version 1, below 2: `upgrade --to 2` applies migrations. Nothing was changed.\n"));
        Assert.That(outcome.ExitCode, Is.EqualTo(3));
    }

    [Test]
    public void Answer_does_not_hold_for_migrations_that_were_not_asked_about()
    {
        using ToolFolder folder = At(3);
        folder.Execute("DELETE FROM VersionInfo WHERE Version = 2");
        using Process process = TerminalTests.Start(folder, $"downgrade --to 1 {string.Join(' ', ToolFolder.Named)}");
        string question = ReadTo(process, "[y/N]");
        folder.Execute("INSERT INTO VersionInfo (Version, AppliedOn, Description) VALUES (2, '2026-03-14', 'AddNote')");
        DatabaseSnapshot before = folder.Snapshot();

        process.StandardInput.WriteLine("y");
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.That(question, Does.Contain("3 AddQuota").And.Not.Contain("2 AddNote"));
        Assert.That(output.ReplaceLineEndings(" "), Does.Contain("more would be done than was asked about: 2 AddNote. Nothing was changed"));
        Assert.That(process.ExitCode, Is.EqualTo(3));
        folder.Snapshot().AssertSameAs(before);
    }

    private static ToolFolder At(int version)
    {
        ToolFolder folder = new ToolFolder().With(Migrations);
        ToolOutcome outcome = folder.Run(["upgrade", "--to", $"{version}", "--yes", "--quiet", .. ToolFolder.Named]);
        Assert.That(outcome.ExitCode, Is.Zero, outcome.Text);
        folder.Execute("INSERT INTO \"user\" (email) VALUES ('ada@example.org')");
        return folder;
    }

    private static ToolOutcome WhileLocked(ToolFolder folder, string verb, Action change)
    {
        DatabaseSnapshot changed;
        ToolOutcome outcome;
        UpgradeLock held = UpgradeLock.TryAcquire(new DatabaseFile($"Data Source={folder.Database}", TimeSpan.FromMinutes(1), null))
            ?? throw new InvalidOperationException("Somebody else holds the lock.");
        using (Process process = folder.Start([verb, "--to", "2", "--yes", .. ToolFolder.Named]))
        {
            using (held)
            {
                string? line;
                do
                {
                    line = process.StandardError.ReadLine();
                }
                while (line is not (null or "waiting for another process that upgrades this database"));
                Assert.That(line, Is.Not.Null, "The tool ended before it waited.");
                change();
                changed = folder.Snapshot();
            }

            outcome = folder.End(process);
        }

        folder.Snapshot().AssertSameAs(changed);
        return outcome;
    }

    private static string ReadTo(Process process, string end)
    {
        StringBuilder read = new();
        while (!read.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            int next = process.StandardOutput.Read();
            Assert.That(next, Is.Not.EqualTo(-1), read.ToString());
            read.Append((char)next);
        }

        return read.ToString();
    }
}
