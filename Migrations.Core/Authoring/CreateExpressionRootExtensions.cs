using FluentMigrator.Builders.Create;
using FluentMigrator.Infrastructure;

namespace Migrations.Core.Authoring;

/// <summary>Verbs on <c>Create</c>.</summary>
public static class CreateExpressionRootExtensions
{
    /// <summary>Adds a CHECK constraint to a table that is there. Rows for which it is false are refused.</summary>
    /// <param name="root">The root.</param>
    /// <param name="constraintName">The constraint's name.</param>
    /// <returns>What says the table.</returns>
    public static ICreateCheckConstraintOnTableSyntax CheckConstraint(this ICreateExpressionRoot root, string constraintName)
    {
        IMigrationContext context = root.GetContext();
        CreateCheckConstraintExpression expression = new() { ConstraintName = constraintName };
        context.Expressions.Add(expression);
        return new CreateCheckConstraintBuilder(expression);
    }
}
