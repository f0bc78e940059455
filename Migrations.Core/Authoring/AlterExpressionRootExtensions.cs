using FluentMigrator.Builders.Alter;
using FluentMigrator.Infrastructure;

namespace Migrations.Core.Authoring;

/// <summary>Verbs on <c>Alter</c>.</summary>
public static class AlterExpressionRootExtensions
{
    /// <summary>
    /// Several changes of one table in one pass over it. Each change is also an expression of its own: names come from the
    /// conventions, AutoReversingMigration reverses them, and on other processors they run one by one.
    /// </summary>
    /// <param name="root">The root.</param>
    /// <param name="table">The table.</param>
    /// <param name="alter">Says the changes. They are meant in their order, each on what the ones before it left.</param>
    /// <param name="options">The schema and the strategies allowed; null for the defaults.</param>
    public static void TableBatch(
        this IAlterExpressionRoot root, string table, Action<ITableBatchSyntax> alter, BatchOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        ArgumentNullException.ThrowIfNull(alter);
        IMigrationContext context = root.GetContext();
        TableBatch batch = new(context, table, options ?? new BatchOptions());
        alter(batch);
        batch.AddTo(context.Expressions);
    }

    /// <summary>Changes the default of a column, and nothing else of it. Rows that are there keep what they hold.</summary>
    /// <param name="root">The root.</param>
    /// <returns>What says which column.</returns>
    public static IAlterDefaultConstraintOnTableSyntax DefaultConstraint(this IAlterExpressionRoot root)
    {
        IMigrationContext context = root.GetContext();
        AlterDefaultExpression expression = new();
        context.Expressions.Add(expression);
        return new AlterDefaultConstraintBuilder(expression);
    }
}
