using System.Collections.Immutable;
using Migrations.Core.Syntax;

namespace Migrations.Testing.Checks.Rows;

/// <summary>What was lost of a table. Immutable.</summary>
internal sealed record Loss(LossKind Kind, SqlIdentifier Table, SqlIdentifier? Column, string Words, int Count, ImmutableArray<string> Samples)
{
    /// <summary>How many rows or values are shown of many.</summary>
    public const int MostSamples = 3;

    /// <summary>The loss in a line, and lines with samples.</summary>
    public ImmutableArray<string> Lines => [$"{Subject}: {Words}", .. Samples.Take(MostSamples).Select(sample => $"  {sample}")];

    private string Subject => Column is { } column ? $"column {Table}.{column}" : $"table {Table}";
}
