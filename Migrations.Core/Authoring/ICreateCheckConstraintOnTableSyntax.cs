using FluentMigrator.Infrastructure;

namespace Migrations.Core.Authoring;

/// <summary>Says the table of a constraint.</summary>
public interface ICreateCheckConstraintOnTableSyntax : IFluentSyntax
{
    /// <summary>Says the table.</summary>
    /// <param name="tableName">The table.</param>
    /// <returns>The next step.</returns>
    ICreateCheckConstraintWithExpressionOrInSchemaSyntax OnTable(string tableName);
}
