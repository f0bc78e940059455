using System.Collections.Immutable;
using Migrations.Runner;
using Migrations.Runner.Verification;

namespace Migrations.Cli.Output;

/// <summary>What a verification found.</summary>
/// <param name="Database">The database.</param>
/// <param name="State">What the database holds, compared with the migrations.</param>
/// <param name="Message">The same in words.</param>
/// <param name="IsWhole">Whether all was looked at, and nothing was found.</param>
/// <param name="Findings">What was found.</param>
/// <param name="Differences">
/// The CREATE statements of what differs, line by line: "- " as the migrations make it, "+ " as it is.
/// </param>
/// <param name="NotCompared">Why the schema was not compared with what the migrations make; null where it was.</param>
internal sealed record VerificationShape(
    string Database, DatabaseState State, string Message, bool IsWhole, ImmutableArray<FindingShape> Findings, ImmutableArray<string> Differences, string? NotCompared)
{
    public static VerificationShape Of(VerificationResult result) => new(
        result.Status.Database,
        result.Status.State,
        ToolWords.Of(result.Status.Message),
        result.Findings.IsEmpty && result.NotCompared is null,
        [.. result.Findings.Select(FindingShape.Of)],
        result.Differences,
        result.NotCompared is { } reason ? ToolWords.Of(reason) : null);
}
