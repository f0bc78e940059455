using System.Collections.Immutable;

namespace Migrations.Runner.Rehearsal;

/// <summary>How a step went. Immutable.</summary>
/// <param name="Duration">How long it took, with its commit; null where it failed.</param>
/// <param name="Statement">The statement that failed; null where none has, or it is not known.</param>
/// <param name="Error">The first error; null where it went well.</param>
internal sealed record StepOutcome(TimeSpan? Duration, string? Statement, Exception? Error)
{
    /// <summary>The error in lines, with its statement.</summary>
    public ImmutableArray<string> ErrorLines =>
    [
        .. Lines(Error?.Message ?? ""),
        .. Statement is null ? [] : Lines($"Statement: {Statement}"),
    ];

    private static string[] Lines(string text) => text.TrimEnd().ReplaceLineEndings("\n").Split('\n');
}
