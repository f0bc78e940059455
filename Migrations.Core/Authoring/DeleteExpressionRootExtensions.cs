using FluentMigrator.Builders.Delete;
using FluentMigrator.Infrastructure;

namespace Migrations.Core.Authoring;

/// <summary>Verbs on <c>Delete</c>.</summary>
public static class DeleteExpressionRootExtensions
{
    /// <summary>Drops a CHECK constraint.</summary>
    /// <param name="root">The root.</param>
    /// <param name="constraintName">The constraint's name.</param>
    /// <returns>What says the table.</returns>
    public static IDeleteCheckConstraintFromTableSyntax CheckConstraint(this IDeleteExpressionRoot root, string constraintName)
    {
        IMigrationContext context = root.GetContext();
        DeleteCheckConstraintExpression expression = new() { ConstraintName = constraintName };
        context.Expressions.Add(expression);
        return new DeleteCheckConstraintBuilder(expression);
    }
}
