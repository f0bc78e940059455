using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Cli;

/// <summary>Others who use the database at the same time, and a person who changes their mind.</summary>
[Parallelizable(ParallelScope.All)]
[Platform(Exclude = "Win", Reason = "Signals are sent by kill.")]
internal sealed class InterruptTests
{
    private const string Endless =
        "CREATE TABLE big AS WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 1000000000000) SELECT n FROM counted";

    private static readonly SqlMigration[] Migrations =
    [
        new(1, "CreateUser", "CREATE TABLE \"user\" (id INTEGER PRIMARY KEY, email TEXT)"),
        new(2, "Endless", $"UPDATE \"user\" SET email = 'changed'; {Endless}"),
    ];

    [TestCase("INT")]
    [TestCase("TERM")]
    public void Upgrade_that_is_interrupted_leaves_the_database_as_it_was_and_says_so(string signal)
    {
        Signals.AssumeHeard(signal);
        using ToolFolder folder = Prepared();
        DatabaseSnapshot before = folder.Snapshot();
        using Process process = folder.Start(["upgrade", "--yes", .. ToolFolder.Named]);
        WaitFor(process, "1 of 1: 2 Endless");

        Signals.Send(process, signal);
        ToolOutcome outcome = folder.End(process);

        Assert.That(
            outcome.Text,
            Is.EqualTo(
                """
                ! Cancelled. What was running was rolled back. "~/app.db" is at version 1 and needs 1 migration: 2 Endless.
                = 130

                """));
        folder.Snapshot().AssertSameAs(before);
    }

    [Test]
    public void Upgrade_that_is_interrupted_while_it_looks_for_losses_ends_at_once()
    {
        using ToolFolder folder = Prepared();
        DatabaseSnapshot before = folder.Snapshot();
        using Process process = folder.Start(["upgrade", .. ToolFolder.Named]);
        while (!process.HasExited && process.TotalProcessorTime < TimeSpan.FromSeconds(3)) // What is endless has begun on the copy of the schema.
        {
            Thread.Sleep(10);
            process.Refresh();
        }

        Signals.Send(process, "TERM");

        Assert.That(folder.End(process).Text, Is.EqualTo("! Cancelled. Nothing was changed.\n= 130\n"));
        folder.Snapshot().AssertSameAs(before);
    }

    [Test]
    public void Interrupted_upgrade_says_so_in_json()
    {
        using ToolFolder folder = Prepared();
        using Process process = folder.Start(["upgrade", "--yes", "--json", .. ToolFolder.Named]);
        WaitFor(process, "1 of 1: 2 Endless");

        Signals.Send(process, "TERM");
        ToolOutcome outcome = folder.End(process);

        Assert.That(outcome.Json.GetProperty("exitCode").GetInt32(), Is.EqualTo(130).And.EqualTo(outcome.ExitCode));
        Assert.That(outcome.Json.GetProperty("error").GetProperty("kind").GetString(), Is.EqualTo("cancelled"));
    }

    [Test]
    public void Database_that_another_connection_writes_to_is_left_alone()
    {
        using ToolFolder folder = Prepared();
        DatabaseSnapshot before = folder.Snapshot();
        using SqliteConnection other = folder.Open();
        other.Execute("BEGIN IMMEDIATE");

        ToolOutcome outcome = folder.Run(["upgrade", "--yes", "--timeout", "1", .. ToolFolder.Named]);

        Assert.That(
            outcome.Text,
            Is.EqualTo(
                """
                ! Another connection has kept "~/app.db" locked for longer than 1 seconds: end what it does there, or wait longer (--timeout).
                = 1

                """));
        other.Execute("ROLLBACK");
        folder.Snapshot().AssertSameAs(before);
    }

    [Test]
    public void Second_upgrade_does_not_wait_longer_than_it_was_told()
    {
        using ToolFolder folder = Prepared();
        folder.Execute("PRAGMA journal_mode = WAL"); // Or the first one would keep the second from even reading.
        using Process first = folder.Start(["upgrade", "--yes", .. ToolFolder.Named]);
        WaitFor(first, "1 of 1: 2 Endless");

        ToolOutcome second = folder.Run(["upgrade", "--yes", "--json", "--timeout", "1", .. ToolFolder.Named]);
        Signals.Send(first, "TERM");
        folder.End(first);

        Assert.That(second.ExitCode, Is.EqualTo(1));
        Assert.That(second.Json.GetProperty("error").GetProperty("problem").GetString(), Is.EqualTo("locked"));
    }

    private static ToolFolder Prepared()
    {
        ToolFolder folder = new ToolFolder().With(Migrations);
        Assert.That(folder.Run(["upgrade", "--to", "1", "--yes", .. ToolFolder.Named]).ExitCode, Is.Zero);
        folder.Execute("INSERT INTO user (email) VALUES ('ada@example.org')");
        return folder;
    }

    private static void WaitFor(Process process, string line)
    {
        while (process.StandardError.ReadLine() is { } read)
        {
            if (read == line)
            {
                return;
            }
        }

        Assert.Fail($"The tool ended before it said \"{line}\".");
    }
}
