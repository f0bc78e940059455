namespace Migrations.Core.Alteration.Planning;

/// <summary>The strategies that a planner may choose from; it takes the cheapest one that can do the change.</summary>
[Flags]
internal enum Strategies
{
    None = 0,
    Native = 1,
    InPlace = 2,
    Copy = 4,
    All = Native | InPlace | Copy,
}
