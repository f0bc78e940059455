using MailServer;
using Migrations.Runner.Scripting;
using NUnit.Framework;

namespace Migrations.Tests.Scripting;

/// <summary>Every step of a real history that is SQL, in the shell and through the library, with rows.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class MailServerScriptTests
{
    // The versions whose migrations run code: they look for values that differ only in case.
    private static readonly long[] Code = [23, 33];

    private static IEnumerable<long> Steps => Enumerable.Range(1, 33).Select(version => (long)version).Except(Code);

    [TestCaseSource(nameof(Steps))]
    public async Task Script_of_one_step_leaves_what_the_upgrade_leaves(long version)
    {
        SqliteShell.Require();
        using ScriptTrial trial = new(typeof(SeedRows).Assembly);
        await SeedAsync(trial, version - 1);

        trial.Execute(trial.Make(version - 1, version));

        await trial.MigrateAsync(version);
        trial.AssertSame();
    }

    private static async Task SeedAsync(ScriptTrial trial, long version)
    {
        await trial.AtAsync(0);
        for (long at = 1; at <= version; at++)
        {
            if (SeedRows.After((int)at - 1) is { } sql)
            {
                await trial.AtAsync(at, sql);
            }
        }

        await trial.AtAsync(version);
    }

    [Test]
    public async Task Scripts_of_the_whole_history_leave_what_the_upgrade_leaves([Values] ShellInput input, [Values] bool isMadeForDatabase)
    {
        SqliteShell.Require();
        using ScriptTrial trial = new(typeof(SeedRows).Assembly);
        await trial.AtAsync(0);
        await RunAsync(0, 1);
        await trial.AtAsync(1, SeedRows.After(0));
        await RunAsync(1, 3);
        await trial.AtAsync(3, SeedRows.After(2));
        await RunAsync(3, 22);
        await trial.MigrateAsync(23);
        await trial.AtAsync(23, SeedRows.After(19));
        await RunAsync(23, 31);
        await trial.AtAsync(31, SeedRows.After(30));
        await RunAsync(31, 32);

        async Task RunAsync(long from, long to)
        {
            trial.Execute(isMadeForDatabase ? trial.MakeForDatabase(to) : trial.Make(from, to), input);
            await trial.MigrateAsync(to);
            trial.AssertSame();
        }
    }

    [TestCaseSource(nameof(Code))]
    public void Script_with_code_is_refused_with_the_migration(long version)
    {
        using ScriptTrial trial = new(typeof(SeedRows).Assembly);

        Assert.That(
            () => trial.Make(version - 1, version),
            Throws.TypeOf<ScriptRefusedException>().With.Message.Contains($"migration {version} ").And.Message.Contains("runs code: Execute.RefuseRows"));
    }

    [Test]
    public void Script_with_a_conversion_in_code_is_refused_with_the_columns()
    {
        using ScriptTrial trial = new(typeof(SeedRows).Assembly);

        Assert.That(
            () => trial.Make(7, 4),
            Throws.TypeOf<ScriptRefusedException>().With.Message.Contains("migration 5 ").And.Message.Contains("user.spam_threshold by code"));
    }

    [TestCase(4, 1)]
    [TestCase(22, 19)]
    [TestCase(32, 25)]
    public async Task Script_down_leaves_what_going_down_leaves(long from, long to)
    {
        SqliteShell.Require();
        using ScriptTrial trial = new(typeof(SeedRows).Assembly);
        await SeedAsync(trial, from);

        trial.Execute(trial.Make(from, to));

        await trial.MigrateAsync(to);
        trial.AssertSame();
    }
}
