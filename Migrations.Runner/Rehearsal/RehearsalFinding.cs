using System.Collections.Immutable;

namespace Migrations.Runner.Rehearsal;

/// <summary>Something that a rehearsal found about one migration. Immutable.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="IsExpected">Whether the migration says itself that it is so, and nothing is to be corrected.</param>
/// <param name="Lines">It in words; differences, an error with its statement.</param>
internal sealed record RehearsalFinding(RehearsalFindingKind Kind, bool IsExpected, ImmutableArray<string> Lines);
