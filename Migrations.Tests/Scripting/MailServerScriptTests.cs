using MailServer;
using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Runner.Scripting;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Scripting;

/// <summary>Every step of a real history that is SQL, in the shell and through the library, with rows.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class MailServerScriptTests
{
    // The versions whose migrations run code: a conversion in C#, and searches for values that differ only in case.
    private static readonly long[] Code = [5, 23, 33];

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
    public async Task Scripts_between_the_steps_that_are_code_leave_what_the_upgrade_leaves([Values] ShellInput input, [Values] bool isMadeForDatabase)
    {
        SqliteShell.Require();
        using ScriptTrial trial = new(typeof(SeedRows).Assembly);
        long at = 0;
        await trial.AtAsync(0);
        foreach (long code in (long[])[.. Code, 34])
        {
            if (at > 0)
            {
                await trial.MigrateAsync(at + 1);
                await trial.AtAsync(at + 1, SeedRows.After((int)at) ?? "SELECT 1");
                at++;
            }

            trial.Execute(isMadeForDatabase ? trial.MakeForDatabase(code - 1) : trial.Make(at, code - 1), input);

            await trial.MigrateAsync(code - 1);
            trial.AssertSame();
            at = code - 1;
            if (at == 4)
            {
                await trial.AtAsync(4, SeedRows.After(0));
            }
        }
    }

    [TestCaseSource(nameof(Code))]
    public void Script_with_code_is_refused_with_the_migration(long version)
    {
        using ScriptTrial trial = new(typeof(SeedRows).Assembly);

        Assert.That(() => trial.Make(version - 1, version), Throws.TypeOf<ScriptRefusedException>().With.Message.Contains($"migration {version} "));
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
