using System.Collections.Immutable;
using Migrations.Runner.Planning;

namespace Migrations.Cli.Output;

/// <summary>What becomes of one CREATE statement.</summary>
/// <param name="Object">The object.</param>
/// <param name="Lines">Lines that go begin with "- ", those that come with "+ ", and some around them with "  ".</param>
internal sealed record SchemaDifferenceShape(string Object, ImmutableArray<string> Lines)
{
    public static SchemaDifferenceShape Of(SchemaDifference difference) => new(difference.Object, difference.Lines);
}
