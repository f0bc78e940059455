using FluentMigrator.Infrastructure;

namespace Migrations.Core.Authoring;

/// <summary>Says the condition of a constraint.</summary>
public interface ICreateCheckConstraintWithExpressionSyntax : IFluentSyntax
{
    /// <summary>Says the condition.</summary>
    /// <param name="sql">The SQL condition, without the parentheses around it.</param>
    void WithExpression(string sql);
}
