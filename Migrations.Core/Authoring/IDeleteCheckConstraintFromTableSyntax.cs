using FluentMigrator.Builders;
using FluentMigrator.Infrastructure;

namespace Migrations.Core.Authoring;

/// <summary>Says the table of a constraint.</summary>
public interface IDeleteCheckConstraintFromTableSyntax : IFluentSyntax
{
    /// <summary>Says the table.</summary>
    /// <param name="tableName">The table.</param>
    /// <returns>The next step, which may be left out.</returns>
    IInSchemaSyntax FromTable(string tableName);
}
