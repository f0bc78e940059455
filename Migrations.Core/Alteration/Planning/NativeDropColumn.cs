using System.Collections.Immutable;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>
/// Whether SQLite's own DROP COLUMN takes a column away (lang_altertable.html, section 5). What it does not look at, foreign keys of
/// other tables and triggers that write the column, is looked at by the planner before and by the compilation of all triggers after.
/// </summary>
internal static class NativeDropColumn
{
    /// <summary>Why the columns that a pass drops can't be dropped so, or not more cheaply than by one copy; null if they can.</summary>
    public static string? Obstacle(
        DatabaseSchema schema, TableSchema table, TableDraft draft, ImmutableArray<TableChange> changes, PlanningOptions options)
    {
        ImmutableArray<SqlIdentifier> dropped = [.. changes.OfType<DropColumn>().Select(drop => drop.Column)];
        int rewrites = dropped.Count(column => RewritesRows(table, column));
        return !options.MayUse(Strategies.Native) ? options.WithoutNative
            : !options.Capabilities.CompilesWhole ? "SQLite's own DROP COLUMN asks that every view and trigger compiles, and one does not"
            : dropped.FirstOrDefault(column => draft.FindColumn(column) is not null) is { Name.Length: > 0 } back ? $"column {back} is added again"
            : dropped.FirstOrDefault(column => table.Uniques.Any(unique => unique.Column == column)) is { Name.Length: > 0 } unique
                ? $"an index stands behind UNIQUE of column {unique}"
            : NativeText.IsChanged(table) && !options.MayEditText ? "SQLite's own DROP COLUMN takes comments and changes strings in double quotes"
            : !options.MayUse(Strategies.Copy) ? null
            : !IsCheaper(schema, table, rewrites) ? $"{rewrites} rewrites cost more than one copy"
            : NativeText.HasStringsElsewhere(schema, table) ? "SQLite's own DROP COLUMN changes strings in double quotes, also in other objects"
            : null;
    }

    /// <summary>A virtual column is stored in no row.</summary>
    public static bool RewritesRows(TableSchema table, SqlIdentifier column) =>
        table.FindColumn(column) is not { Generated: GeneratedKind.Virtual };

    public static AlterationStep Step(SqlIdentifier database, SqlIdentifier table, SqlIdentifier column) => new(
        $"ALTER TABLE {database.Quoted}.{table.Quoted} DROP COLUMN {column.Quoted}", $"drop column {column}", "lang_altertable.html, section 5")
    {
        Kind = AlterationStepKind.NativeAlter,
    };

    // Each DROP COLUMN writes every row once. Measured, a copy costs 1.5 times that, and for each index 0.8 times more.
    private static bool IsCheaper(DatabaseSchema schema, TableSchema table, int rewrites)
    {
        int indexes = schema.IndexesOf(table.Name).Count() + table.Uniques.Length;
        return rewrites * 10 <= 15 + (8 * indexes);
    }
}
