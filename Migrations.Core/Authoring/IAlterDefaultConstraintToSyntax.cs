using FluentMigrator;
using FluentMigrator.Infrastructure;

namespace Migrations.Core.Authoring;

/// <summary>Says the new default.</summary>
public interface IAlterDefaultConstraintToSyntax : IFluentSyntax
{
    /// <summary>A value.</summary>
    /// <param name="value">The value, in the words of FluentMigrator's <c>WithDefaultValue</c>; null is DEFAULT NULL.</param>
    void To(object? value);

    /// <summary>A function of the database.</summary>
    /// <param name="method">The function.</param>
    void To(SystemMethods method);

    /// <summary>An SQL expression, computed for each new row.</summary>
    /// <param name="sql">The expression, with or without parentheses.</param>
    void ToExpression(string sql);
}
