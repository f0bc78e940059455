namespace Migrations.Core.Authoring;

internal sealed class CreateCheckConstraintBuilder(CreateCheckConstraintExpression expression)
    : ICreateCheckConstraintOnTableSyntax, ICreateCheckConstraintWithExpressionOrInSchemaSyntax
{
    public ICreateCheckConstraintWithExpressionOrInSchemaSyntax OnTable(string tableName)
    {
        expression.TableName = tableName;
        return this;
    }

    public ICreateCheckConstraintWithExpressionSyntax InSchema(string schemaName)
    {
        expression.SchemaName = schemaName;
        return this;
    }

    public void WithExpression(string sql) => expression.Expression = sql;
}
