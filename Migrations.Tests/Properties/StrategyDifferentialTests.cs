using Migrations.Core;
using Migrations.Core.Alteration.Execution;
using Migrations.Core.Alteration.Planning;
using Migrations.Core.Changes;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Properties;

/// <summary>
/// Whatever does a change leaves what a copy leaves, and what a database has that was made in the final shape; and what a copy refuses
/// is refused by all, with nothing changed.
/// </summary>
[TestFixture]
public sealed class StrategyDifferentialTests
{
    private const int Cases = 2000;
    private const int Least = 3;

    private static readonly Strategies[] Cheaper = [Strategies.Native, Strategies.InPlace, Strategies.InPlace | Strategies.Native, Strategies.All];

    [Test]
    public void Strategies_agree_with_a_copy_and_with_a_database_made_fresh()
    {
        Claims claims = new();
        int refused = 0;
        PropertyRun.ForEachDatabase(Cases, threads: 2, database =>
        {
            if (!Compare(database, claims))
            {
                Interlocked.Increment(ref refused);
            }
        });
        TestContext.Out.WriteLine($"refused: {refused} of {Cases}\n{claims}");
        if (!PropertyRun.IsOfOneSeed)
        {
            Assert.Multiple(() =>
            {
                Assert.That(refused, Is.LessThan(PropertyRun.Times(Cases) / 3), "cases that a copy refuses");
                foreach ((Strategies strategies, Type change) in Claims.Expected(SqliteVersion.Current >= new Version(3, 53, 0)))
                {
                    Assert.That(claims.Of(strategies, change), Is.AtLeast(Least), $"{change.Name} by {strategies}");
                }
            });
        }
    }

    /// <summary>False where a copy refuses the changes.</summary>
    private static bool Compare(RandomDatabase database, Claims claims)
    {
        string table = database.PickTable();
        TableChange[] changes = LikelyChanges.Of(database, table);
        bool isInTransaction = database.Random.Next(6) == 0;
        string pragmas = isInTransaction || database.Random.Next(2) == 0 ? "PRAGMA foreign_keys = OFF" : "PRAGMA foreign_keys = ON";
        string shown = $"{string.Join("\n", changes.Select(change => change.ToString()))}\n{pragmas}{(isInTransaction ? " in a transaction" : "")}";
        using StrategyRun copy = StrategyRun.Of(database, table, changes, Strategies.Copy, pragmas, isInTransaction);
        List<StrategyRun> others = [];
        try
        {
            others.AddRange(Cheaper.Select(strategies => StrategyRun.Of(database, table, changes, strategies, pragmas, isInTransaction)));
            if (copy.Refusal is null)
            {
                claims.Add(Strategies.Copy, changes);
                CompareResults(database, pragmas, table, copy, others, shown);
            }
            else
            {
                CompareRefusals(database, pragmas, copy, others, shown);
            }

            foreach (StrategyRun run in others.Where(run => run.Result is not null))
            {
                claims.Add(run.Strategies, changes);
            }
        }
        finally
        {
            others.ForEach(run => run.Dispose());
        }

        return copy.Refusal is null;
    }

    private static void CompareRefusals(RandomDatabase database, string pragmas, StrategyRun copy, List<StrategyRun> others, string shown)
    {
        using TestDatabase untouched = database.Clone().Execute(pragmas);
        DatabaseSnapshot before = DatabaseSnapshot.Of(untouched.Connection);
        foreach (StrategyRun run in others.Append(copy))
        {
            Assert.That(run.Result, Is.Null, $"{shown}\n{run}\nis refused by {copy}");
            Require(DatabaseSnapshot.Of(run.Database.Connection).DifferencesFrom(before), $"{shown}\n{run}\nwas refused and changed the database");
            if (run.Claims)
            {
                Assert.That(run.Refusal!.GetType(), Is.EqualTo(copy.Refusal!.GetType()), $"{shown}\n{run}\nis refused otherwise by {copy}");
                Assert.That(Rows(run.Refusal), Is.EqualTo(Rows(copy.Refusal)), $"{shown}\n{run}\nis refused for other rows by {copy}");
            }
        }
    }

    private static string[] Rows(MigrationsException refusal) => refusal is RowsRefusedException rows
        ? [rows.Column ?? "", $"{rows.Count} rows", .. rows.Rows.Select(row => row.ToString())]
        : [];

    private static void CompareResults(RandomDatabase database, string pragmas, string table, StrategyRun copy, List<StrategyRun> others, string shown)
    {
        using TestDatabase fresh = FreshDatabase.Of(copy.Database);
        string altered = copy.Result!.Plans.Count > 0 && copy.Database.Scalar<long>($"SELECT count(*) FROM sqlite_schema WHERE name = 're named table'") > 0 ? "re named table" : table;
        using TestDatabase untouched = database.Clone().Execute(pragmas);
        DatabaseSnapshot before = DatabaseSnapshot.Of(untouched.Connection);
        string[] problems = [.. Integrity.Problems(untouched.Connection).Select(Short)];
        DatabaseState expected = DatabaseState.Of(copy.Database, altered, database.Seed);
        Require(DatabaseState.Of(fresh, altered, database.Seed).DifferencesFrom(expected, isFresh: true, Wording.Ours), $"{shown}\na fresh database is not what is left by {copy}");
        Require(expected.Problems.Select(Short).Except(problems, StringComparer.Ordinal), $"{shown}\nproblems after {copy}");
        HashSet<string> seen = [copy.Statements];
        foreach (StrategyRun run in others)
        {
            if (run.Refusal is not null)
            {
                Assert.That(run.Claims, Is.False, $"{shown}\n{run}\nis refused, and done by {copy}");
                Require(DatabaseSnapshot.Of(run.Database.Connection).DifferencesFrom(before), $"{shown}\n{run}\nwas refused and changed the database");
            }
            else if (seen.Add(run.Statements))
            {
                Require(DatabaseState.Of(run.Database, altered, database.Seed).DifferencesFrom(expected, isFresh: false, run.Words), $"{shown}\n{run}\nleaves something else than {copy}");
            }
        }
    }

    // Without the statement that shows the problem, and the column whose values have another type than STRICT allows: their names may change.
    private static string Short(string problem) => problem.Split(" (", 2)[0].Split(" value in ", 2)[0];

    private static void Require(IEnumerable<string> differences, string what)
    {
        string all = string.Join('\n', differences);
        if (all.Length > 0)
        {
            throw new InvalidOperationException($"{all}\n{what}");
        }
    }
}
