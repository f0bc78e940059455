using System.Collections.Concurrent;
using System.Globalization;
using NUnit.Framework.Internal;

namespace Migrations.Tests.Properties;

/// <summary>
/// How often properties are tried, and on what. Every run tries the same databases, so that a failure is the change's own doing;
/// with the variable set it tries that many times more, by chance.
/// </summary>
internal static class PropertyRun
{
    /// <summary>The variable that multiplies the number of tries and leaves them to chance.</summary>
    public const string Variable = "MIGRATIONS_PROPERTY_FACTOR";

    /// <summary>The variable that has properties tried on the database of one seed only.</summary>
    public const string SeedVariable = "MIGRATIONS_PROPERTY_SEED";

    private const int FirstSeed = 20_261_122;
    private const int Shown = 20;

    /// <summary>Whether a single database was asked for.</summary>
    public static bool IsOfOneSeed => Number(SeedVariable) is not null;

    private static int? Factor => Number(Variable);

    /// <summary>How many databases a property that asks for some is tried on.</summary>
    public static int Times(int count) => count * (Factor ?? 1);

    /// <summary>Tries a property on many databases; a failure shows the seed and the schema.</summary>
    public static void ForEachDatabase(int count, Action<RandomDatabase> property) => ForEachDatabase(count, 1, property);

    /// <summary>The same on several threads; failures show their seeds.</summary>
    public static void ForEachDatabase(int count, int threads, Action<RandomDatabase> property)
    {
        if (Number(SeedVariable) is { } one)
        {
            Try(one, property);
            return;
        }

        int first = Factor is null ? FirstSeed : Random.Shared.Next(100_000_000);
        ConcurrentDictionary<int, Exception> failures = [];
        Parallel.For(first, first + Times(count), new ParallelOptions { MaxDegreeOfParallelism = threads }, (seed, loop) =>
        {
            try
            {
                Try(seed, property);
            }
            catch (InvalidOperationException e)
            {
                failures[seed] = e;
                if (failures.Count >= Shown)
                {
                    loop.Stop();
                }
            }
        });
        if (!failures.IsEmpty)
        {
            int[] seeds = [.. failures.Keys.Order()];
            throw new InvalidOperationException($"seeds {string.Join(", ", seeds)}: {string.Join("\n\n", seeds.Select(seed => failures[seed].Message))}");
        }
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int number) ? number : null;

    private static void Try(int seed, Action<RandomDatabase> property)
    {
        using RandomDatabase database = new(seed);
        try
        {
            // NUnit would report each failure on the way to the smallest one.
            using TestExecutionContext.IsolatedContext isolated = new();
            property(database);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{e.GetType().Name}: {e.Message}\n-- seed {seed}\n{database.Sql}", e);
        }
    }
}
