using System.Collections.Immutable;
using Migrations.Core;

namespace Migrations.Runner.Rehearsal;

/// <summary>One migration as it went on the copy. Immutable.</summary>
/// <param name="Up">How it went in the upgrade.</param>
/// <param name="Down">How long it took to take it back; null where that failed.</param>
/// <param name="UpAgain">How long it took to apply it again; null where that failed, or was not tried.</param>
/// <param name="Loses">Why it may lose data, where it says that it does; else null.</param>
/// <param name="Findings">What was found.</param>
internal sealed record RehearsedMigration(
    MigrationResult Up, TimeSpan? Down, TimeSpan? UpAgain, string? Loses, ImmutableArray<RehearsalFinding> Findings)
{
    /// <summary>How many rows the alterations of tables have copied or updated; what plain SQL does is not counted.</summary>
    public long Rows => Up.Alterations.Sum((AlterationResult alteration) => alteration.RowsCopied + alteration.RowsUpdated);
}
