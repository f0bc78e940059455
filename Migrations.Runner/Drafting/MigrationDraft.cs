using System.Collections.Immutable;
using Migrations.Core;
using Migrations.Runner.Drafting.Operations;

namespace Migrations.Runner.Drafting;

/// <summary>The migration that leads from one schema to another, as data and as text. Immutable.</summary>
internal sealed class MigrationDraft
{
    public required ImmutableArray<DraftOperation> Up { get; init; }

    public required ImmutableArray<DraftOperation> Down { get; init; }

    /// <summary>The file, in C#.</summary>
    public required string Code { get; init; }

    /// <summary>Whether the schemas mean the same, so that there is nothing to draft.</summary>
    public bool IsEmpty => Up.IsEmpty;

    /// <summary>Whether Up drops what holds data.</summary>
    public bool LosesData => Up.Any(operation => operation.LosesData);

    /// <summary>What a person has to look at in Up before it runs; each stands in the text as a line for review.</summary>
    public ImmutableArray<string> ReviewsOfUp => Reviews(Up);

    /// <summary>The same for Down.</summary>
    public ImmutableArray<string> ReviewsOfDown => Reviews(Down);

    /// <summary>
    /// Differences that Up leaves because no verb can make them go; each stands in the text as a line for review. Empty where
    /// the draft leads to the wanted schema.
    /// </summary>
    public ImmutableArray<SchemaDifference> LeftByUp => Left(Up);

    /// <summary>The same for Down.</summary>
    public ImmutableArray<SchemaDifference> LeftByDown => Left(Down);

    private static ImmutableArray<string> Reviews(ImmutableArray<DraftOperation> operations) =>
    [
        .. operations.SelectMany(operation => operation switch
        {
            AlterTable alter => alter.Changes.SelectMany(change => change.Reviews.Select(review => $"table {alter.Table}: {review}")),
            RenameColumnOperation rename => rename.Reviews.Select(review => $"table {rename.Table}: {review}"),
            _ => operation.Reviews,
        }),
    ];

    private static ImmutableArray<SchemaDifference> Left(ImmutableArray<DraftOperation> operations) =>
        [.. operations.OfType<LeaveDifferences>().SelectMany(operation => operation.Differences)];
}
