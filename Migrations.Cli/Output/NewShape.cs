using System.Collections.Immutable;
using Migrations.Core;
using Migrations.Runner.Drafting;

namespace Migrations.Cli.Output;

/// <summary>A migration that was written, or drafted.</summary>
/// <param name="File">The file that was written; null where none was.</param>
/// <param name="Version">The version.</param>
/// <param name="Class">The class, with its namespace.</param>
/// <param name="Code">The text of the file; null where there was nothing to draft.</param>
/// <param name="LosesData">Whether Up drops what may hold data.</param>
/// <param name="Review">What has to be looked at before it runs.</param>
/// <param name="NotDrafted">The differences that stay, because no verb can make them go.</param>
internal sealed record NewShape(
    string? File, long Version, string Class, string? Code, bool LosesData, RemarksShape Review, RemarksShape NotDrafted)
{
    public static NewShape Of(string? file, string code, DraftOptions options, MigrationDraft? draft) => new(
        file,
        options.Version,
        options.Namespace.Length == 0 ? options.ClassName : $"{options.Namespace}.{options.ClassName}",
        draft?.IsEmpty == true ? null : code,
        draft?.LosesData == true,
        new(draft?.ReviewsOfUp ?? [], draft?.ReviewsOfDown ?? []),
        new(Texts(draft?.LeftByUp ?? []), Texts(draft?.LeftByDown ?? [])));

    private static ImmutableArray<string> Texts(ImmutableArray<SchemaDifference> differences) => [.. differences.Select(difference => difference.ToString())];
}
