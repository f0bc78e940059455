using FluentMigrator.Infrastructure;

namespace Migrations.Core.Authoring;

/// <summary>Says the table of a column.</summary>
public interface IUpdateColumnOnTableSyntax : IFluentSyntax
{
    /// <summary>Says the table.</summary>
    /// <param name="tableName">The table.</param>
    /// <returns>The next step.</returns>
    IUpdateColumnUsingOrInSchemaSyntax OnTable(string tableName);
}
