using FluentMigrator.Builders;

namespace Migrations.Core.Authoring;

internal sealed class DeleteCheckConstraintBuilder(DeleteCheckConstraintExpression expression)
    : IDeleteCheckConstraintFromTableSyntax, IInSchemaSyntax
{
    public IInSchemaSyntax FromTable(string tableName)
    {
        expression.TableName = tableName;
        return this;
    }

    public void InSchema(string schemaName) => expression.SchemaName = schemaName;
}
