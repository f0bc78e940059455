using System.Globalization;
using CsCheck;
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

    private const int FirstSeed = 20_261_122;

    private static int? Factor =>
        int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out int factor) ? factor : null;

    /// <summary>Tries a property on many databases; a failure shows the seed and the schema.</summary>
    public static void ForEachDatabase(int count, Action<RandomDatabase> property)
    {
        if (Factor is { } factor)
        {
            Gen.Int[0, 100_000_000].Sample(seed => Try(seed, property), iter: count * factor, threads: 1);
            return;
        }

        for (int seed = FirstSeed; seed < FirstSeed + count; seed++)
        {
            Try(seed, property);
        }
    }

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
