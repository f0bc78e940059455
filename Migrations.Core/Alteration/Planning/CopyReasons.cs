using System.Collections.Immutable;
using Migrations.Core.Changes;
using Migrations.Core.Schema;

namespace Migrations.Core.Alteration.Planning;

/// <summary>Why changes of one pass ask for a copy of the table: which ones, and what keeps each from a cheaper way. Pure.</summary>
internal sealed class CopyReasons(
    DatabaseSchema schema, TableSchema table, TableDraft draft, ImmutableArray<TableChange> changes, PlanningOptions options)
{
    /// <summary>"to set NOT NULL: this connection does not let the stored schema be edited; to move a column: ..."</summary>
    public string Of(IEnumerable<TableChange> copied) => string.Join(
        "; ",
        copied.Select(change => (Words: Words(change), Why: Why(change)))
            .GroupBy(reason => reason.Why, StringComparer.Ordinal)
            .Select(group => $"to {string.Join(", ", group.Select(reason => reason.Words).Distinct(StringComparer.Ordinal))}: {group.Key}"));

    private string Words(TableChange change)
    {
        int drops = changes.OfType<DropColumn>().Count();
        return change is DropColumn && drops > 1 ? $"drop {drops} columns" : ChangeWords.Of(change);
    }

    private string Why(TableChange change) => change switch
    {
        AddColumn add => NativeAddColumn.Obstacle(add, table.IsStrict, options.Capabilities) ?? (options.MayUse(Strategies.Native) ? "other changes of the pass concern it" : options.WithoutNative),
        DropColumn => NativeDropColumn.Obstacle(schema, table, draft, changes, options) ?? "other changes of the pass concern it",
        PlaceColumn => "rows hold their values in the order of the columns",
        AddPrimaryKey or DropPrimaryKey or AddUnique or DropUnique => "an index of SQLite's own stands behind it, which only CREATE TABLE makes",
        SetStrict or SetWithoutRowId => "rows are stored otherwise",
        _ when !options.MayUse(Strategies.InPlace) => "the stored schema is not to be edited",
        ConvertColumn => "rows exchange keys or indexed values, or one value is computed from another that changes too",
        _ when !options.Capabilities.CanEditSchema => "this connection does not let the stored schema be edited",
        SetType set => draft.FindColumn(set.Column) is { } now && table.FindColumn(set.Column) is { } old && now.Affinity == old.Affinity
            ? "a key, or the rules of STRICT, depend on the type"
            : "with another affinity values may be stored otherwise",
        SetCollation => "an index, a key, a CHECK or a generated column compares by it",
        SetDefault => "this library leaves NULLs out at the end of rows, so no row could be made to store the old default",
        _ => "it can't be done where the rows are",
    };
}
