using FluentMigrator.Infrastructure;

namespace Migrations.Core.Authoring;

/// <summary>Says the column.</summary>
public interface IAlterDefaultConstraintOnColumnSyntax : IFluentSyntax
{
    /// <summary>Says the column.</summary>
    /// <param name="columnName">The column.</param>
    /// <returns>The next step.</returns>
    IAlterDefaultConstraintToSyntax OnColumn(string columnName);
}
