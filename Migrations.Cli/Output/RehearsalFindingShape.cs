using System.Collections.Immutable;
using Migrations.Runner.Rehearsal;

namespace Migrations.Cli.Output;

/// <summary>Something that a rehearsal found about a migration.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="IsExpected">Whether the migration itself says so, and nothing is to be corrected.</param>
/// <param name="Lines">It in words: differences, or an error and its statement.</param>
internal sealed record RehearsalFindingShape(RehearsalFindingKind Kind, bool IsExpected, ImmutableArray<string> Lines)
{
    public static RehearsalFindingShape Of(RehearsalFinding finding) => new(finding.Kind, finding.IsExpected, finding.Lines);
}
