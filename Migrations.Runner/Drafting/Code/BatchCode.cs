using System.Collections.Immutable;
using Migrations.Core.Changes;
using Migrations.Core.Syntax;
using Migrations.Runner.Drafting.Operations;

namespace Migrations.Runner.Drafting.Code;

/// <summary>The changes of one table as one batch.</summary>
internal static class BatchCode
{
    public static Statement Write(AlterTable alter)
    {
        List<StatementLink> links = [];
        for (int i = 0; i < alter.Changes.Length;)
        {
            int end = EndOfRun(alter.Changes, i);
            links.Add(Write(alter.Changes.AsSpan()[i..end].ToArray()));
            i = end;
        }

        return new Statement($"Alter.TableBatch({CSharpText.Name(alter.Table)}, batch => batch", [.. links], ");")
        {
            Reviews = alter.Reviews,
            IsList = true,
        };
    }

    // What is said of one column, and what only the engine's words say, is one call each.
    private static int EndOfRun(ImmutableArray<DraftedChange> changes, int start)
    {
        int end = start + 1;
        bool isEngine = ChangeCode.TryWrite(changes[start]) is null;
        SqlIdentifier? column = AlteredColumn(changes[start]);
        while (end < changes.Length
            && (isEngine
                ? ChangeCode.TryWrite(changes[end]) is null
                : column is not null && AlteredColumn(changes[end]) == column && ChangeCode.TryWrite(changes[end]) is not null))
        {
            end++;
        }

        return end;
    }

    private static StatementLink Write(DraftedChange[] run)
    {
        ImmutableArray<string> reviews = [.. run.SelectMany(change => change.Reviews)];
        ImmutableArray<string>? calls = run.Length == 1
            ? ChangeCode.TryWrite(run[0])
            : AlteredColumn(run[0]) is not null ? ChangeCode.AlterColumn([.. run.Select(change => change.Change)]) : null;
        if (calls is { } said)
        {
            return new StatementLink(said) { Reviews = reviews };
        }

        string[] engine = [.. run.Select(EngineCode.Write)];
        return new StatementLink([".Alter(table => table", .. engine[..^1], engine[^1] + ")"]) { Reviews = reviews };
    }

    private static SqlIdentifier? AlteredColumn(DraftedChange drafted) => drafted.Change switch
    {
        SetType change => change.Column,
        SetNullability change => change.Column,
        SetDefault change => change.Column,
        SetCollation change => change.Column,
        _ => (SqlIdentifier?)null,
    };
}
