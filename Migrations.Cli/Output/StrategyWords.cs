using Migrations.Core;

namespace Migrations.Cli.Output;

/// <summary>Strategies in words.</summary>
internal static class StrategyWords
{
    public static string Of(AlterationStrategy strategy) => strategy switch
    {
        AlterationStrategy.None => "nothing to do",
        AlterationStrategy.Native => "native",
        AlterationStrategy.InPlace => "in place",
        _ => "copy",
    };
}
