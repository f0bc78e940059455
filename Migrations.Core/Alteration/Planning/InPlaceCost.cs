using System.Collections.Immutable;
using Migrations.Core.Changes;
using Migrations.Core.Schema;

namespace Migrations.Core.Alteration.Planning;

/// <summary>What a plan costs that leaves the table where it is. Pure.</summary>
internal static class InPlaceCost
{
    public static AlterationCost Of(TableSchema table, TableDraft draft, ChangeRoutes routes, bool readsRows)
    {
        ImmutableArray<string> indexes =
        [
            .. routes.Taking(ChangeRoute.Native).OfType<AddIndex>().Select(add => draft.Indexes.First(index => index.Sql == add.Sql).Name.Name),
        ];
        RowAccess access =
            routes.Taking(ChangeRoute.Native).OfType<DropColumn>().Any(drop => NativeDropColumn.RewritesRows(table, drop.Column)) ? RowAccess.Rewrite
            : routes.HasUpdates || StoredDefaults.Changed(table, draft) is not [] ? RowAccess.Update
            : readsRows || !indexes.IsEmpty || routes.Taking(ChangeRoute.Native).Any(change => ReadsRows(table, change)) ? RowAccess.Scan
            : RowAccess.None;
        return new AlterationCost(access, indexes);
    }

    /// <summary>Whether SQLite itself looks at all rows for a change (lang_altertable.html, section 4).</summary>
    private static bool ReadsRows(TableSchema table, TableChange change) => change switch
    {
        AddColumn add => table.IsStrict || NativeAddColumn.ReadsRows(add),
        SetNullability { IsNullable: false } or AddCheck => true,
        _ => false,
    };
}
