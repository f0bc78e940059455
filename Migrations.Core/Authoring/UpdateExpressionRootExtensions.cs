using FluentMigrator.Builders.Update;
using FluentMigrator.Infrastructure;

namespace Migrations.Core.Authoring;

/// <summary>Verbs on <c>Update</c>.</summary>
public static class UpdateExpressionRootExtensions
{
    /// <summary>
    /// Changes the values of a column in every row. With this library's processor the application's triggers don't fire;
    /// a row that can't be converted is named, and nothing is changed.
    /// </summary>
    /// <param name="root">The root.</param>
    /// <param name="columnName">The column.</param>
    /// <returns>What says the table.</returns>
    public static IUpdateColumnOnTableSyntax Column(this IUpdateExpressionRoot root, string columnName)
    {
        IMigrationContext context = root.GetContext();
        ConvertColumnExpression expression = new() { ColumnName = columnName };
        context.Expressions.Add(expression);
        return new UpdateColumnBuilder(expression);
    }
}
