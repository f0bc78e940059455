using System.Collections.Immutable;
using Migrations.Core.Schema;
using Migrations.Runner.Drafting.Operations;

namespace Migrations.Runner.Drafting.Code;

/// <summary>A new index: in FluentMigrator's words where it is one of columns, else by its own text.</summary>
internal static class IndexCode
{
    public static Statement Write(CreateIndex create)
    {
        IndexSchema index = create.Index;
        if (index.IsPartial || !index.Columns.All(column => IsSayable(column, create.Table)))
        {
            return SqlCode.Write(index.Sql);
        }

        ImmutableArray<string>.Builder calls = ImmutableArray.CreateBuilder<string>();
        calls.Add($".OnTable({CSharpText.Name(index.Table)})");
        foreach (KeyColumn column in index.Columns)
        {
            calls.Add($".OnColumn({CSharpText.Name(column.Name!.Value)}){(column.Descending ? ".Descending()" : ".Ascending()")}"); // IsSayable asked for it.
        }

        if (index.IsUnique)
        {
            calls.Add(".WithOptions().Unique()");
        }

        return new Statement($"Create.Index({CSharpText.Name(index.Name)})", [.. calls.Select(call => new StatementLink([call]))], ";");
    }

    private static bool IsSayable(KeyColumn column, TableSchema? table) =>
        column.Name is { Name.Length: > 0 } name
        && (column.Collation is null || column.Collation == table?.FindColumn(name)?.Collation);
}
