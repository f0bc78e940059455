using System.Globalization;
using CsCheck;
using NUnit.Framework.Internal;

namespace Migrations.Tests.Properties;

/// <summary>How often properties are tried.</summary>
internal static class PropertyRun
{
    /// <summary>The variable that multiplies the number of tries.</summary>
    public const string Variable = "MIGRATIONS_PROPERTY_FACTOR";

    private static int Factor => int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out int factor) ? factor : 1;

    /// <summary>Tries a property on databases by chance; a failure shows the seed and the schema.</summary>
    public static void ForEachDatabase(int count, Action<RandomDatabase> property) =>
        Gen.Int[0, 100_000_000].Sample(
            seed =>
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
                    throw new InvalidOperationException($"{e.GetType().Name}: {e.Message}\n{database.Sql}", e);
                }
            },
            iter: count * Factor,
            threads: 1);
}
