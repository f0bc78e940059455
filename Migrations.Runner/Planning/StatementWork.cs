using Migrations.Core.Alteration.Execution;
using Migrations.Core.Syntax;
using Migrations.Runner.Preview;
using Migrations.Runner.Processing;

namespace Migrations.Runner.Planning;

/// <summary>How much a statement of a script has to do, by what SQLite says that it reads and writes.</summary>
internal static class StatementWork
{
    public static StepWork Of(IReadOnlySet<ShadowAction> actions, PlannedSchema before, TableOrigins origins, TableSizes sizes)
    {
        StepWork work = default;
        HashSet<TableName> gone = [.. Tables(actions, ShadowAction.DropTable).Concat(Tables(actions, ShadowAction.DropVirtualTable))];
        foreach (TableName table in Tables(actions, ShadowAction.Update).Union(Tables(actions, ShadowAction.Delete)).Where(table => !gone.Contains(table)))
        {
            work += SizeOf(table) is { } size
                ? StepWork.Updating(size, sizes.PageSize) + StepWork.UpdatingIndexes(size, before.Objects.Count(one => one.Type is "index" && one.Table == table && IsWritten(one)))
                : default;
        }

        List<TableSize> read = [.. Tables(actions, ShadowAction.Read).Where(table => !gone.Contains(table)).Select(SizeOf).OfType<TableSize>()];
        if (!actions.Any(action => action.Code == ShadowAction.AlterTable))
        {
            work = read.Aggregate(work, (sum, size) => sum + StepWork.Scanning(size));
        }

        if (read.Count > 0 && Tables(actions, ShadowAction.Insert).Concat(Tables(actions, ShadowAction.CreateTable)).Any(origins.Schema.RootPages.ContainsKey))
        {
            work += StepWork.Copying(read.MaxBy(size => size.Pages), sizes.PageSize);
        }

        foreach (SchemaObject index in origins.Schema.Objects.Where(one => one.Type is "index" && !before.Objects.Any(one.IsSame)))
        {
            work += SizeOf(index.Table) is { } size ? StepWork.Indexing(size, 1) : default;
        }

        // DROP COLUMN (lang_altertable.html, section 5).
        foreach (TableName table in before.RootPages.Keys.Where(table => before.ColumnsOf(table).Length > origins.Schema.ColumnsOf(table).Length && !gone.Contains(table)))
        {
            work += SizeOf(table) is { } size ? StepWork.Scanning(size) + StepWork.Updating(size, sizes.PageSize) : default;
        }

        return work;

        bool IsWritten(SchemaObject index) => actions.Any(action => action.Table == index.Table
            && (action.Code == ShadowAction.Delete || (action.Code == ShadowAction.Update && NameReferences.Mentions(index.Sql, action.Column))));

        TableSize? SizeOf(TableName table) =>
            origins.Tables.TryGetValue(table, out FollowedTable? found) && (found.Holds ?? found.Sources.Values.Select(source => (TableName?)source.Table).FirstOrDefault()) is { } held
                ? sizes.Of(held)
                : null;
    }

    private static IEnumerable<TableName> Tables(IReadOnlySet<ShadowAction> actions, int code) =>
        actions.Where(action => action.Code == code).Select(action => action.Table).Distinct();
}
