using System.Collections.Immutable;

namespace Migrations.Runner.Verification;

/// <summary>What a verification found. Immutable.</summary>
/// <param name="Status">What the database holds.</param>
/// <param name="Findings">All that is not as it should be.</param>
/// <param name="Differences">The CREATE statements of what differs, line by line: "- " as the migrations make it, "+ " as it is.</param>
/// <param name="NotCompared">Why the schema was not compared with what the migrations make; null where it was.</param>
internal sealed record VerificationResult(DatabaseStatus Status, ImmutableArray<Finding> Findings, ImmutableArray<string> Differences, string? NotCompared);
