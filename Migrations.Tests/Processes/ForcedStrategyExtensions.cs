using Migrations.Core;
using Migrations.Core.Alteration.Planning;
using Migrations.Runner;

namespace Migrations.Tests.Processes;

/// <summary>What a forced strategy allows, and what of an upgrade shows that it was followed.</summary>
internal static class ForcedStrategyExtensions
{
    /// <summary>The strategies to choose from; null for the default.</summary>
    public static Strategies? Allowed(this ForcedStrategy forced) => forced switch
    {
        ForcedStrategy.Auto => null,
        ForcedStrategy.CopyOnly => Strategies.Copy,
        ForcedStrategy.InPlaceFirst => Strategies.InPlace | Strategies.Copy,
        ForcedStrategy.NativeFirst => Strategies.Native | Strategies.Copy,
        _ => throw new ArgumentOutOfRangeException(nameof(forced)),
    };

    /// <summary>By which strategies an upgrade altered tables, apart from renames, which are always SQLite's own.</summary>
    public static IEnumerable<AlterationStrategy> Of(UpgradeResult result) => result.Migrations
        .SelectMany(migration => migration.Alterations)
        .SelectMany(alteration => alteration.Plans)
        .Where(plan => plan.Strategy != AlterationStrategy.Native || !plan.Steps.Any(step => step.Sql.Contains(" RENAME ", StringComparison.Ordinal)))
        .Select(plan => plan.Strategy)
        .Distinct();

    /// <summary>The strategies that the mail server's whole history then takes, apart from SQLite's own statements for renames.</summary>
    public static IEnumerable<AlterationStrategy> TakenByMail(this ForcedStrategy forced) => forced switch
    {
        ForcedStrategy.Auto => [AlterationStrategy.Native, AlterationStrategy.InPlace, AlterationStrategy.Copy],
        ForcedStrategy.CopyOnly => [AlterationStrategy.Copy],
        ForcedStrategy.InPlaceFirst => [AlterationStrategy.InPlace, AlterationStrategy.Copy],
        ForcedStrategy.NativeFirst => [AlterationStrategy.Native, AlterationStrategy.Copy],
        _ => throw new ArgumentOutOfRangeException(nameof(forced)),
    };
}
