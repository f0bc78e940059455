using FluentMigrator;
using FluentMigrator.Expressions;

namespace Migrations.Core.Authoring;

internal sealed class AlterDefaultConstraintBuilder(AlterDefaultConstraintExpression expression)
    : IAlterDefaultConstraintOnTableSyntax, IAlterDefaultConstraintOnColumnOrInSchemaSyntax, IAlterDefaultConstraintToSyntax
{
    public IAlterDefaultConstraintOnColumnOrInSchemaSyntax OnTable(string tableName)
    {
        expression.TableName = tableName;
        return this;
    }

    public IAlterDefaultConstraintOnColumnSyntax InSchema(string schemaName)
    {
        expression.SchemaName = schemaName;
        return this;
    }

    public IAlterDefaultConstraintToSyntax OnColumn(string columnName)
    {
        expression.ColumnName = columnName;
        return this;
    }

    public void To(object? value) =>
        // FluentMigrator's validation takes null for "not said".
        expression.DefaultValue = value ?? RawSql.Insert("NULL");

    public void To(SystemMethods method) => expression.DefaultValue = method;

    public void ToExpression(string sql) => expression.DefaultValue = RawSql.Insert(DefaultText.OfExpression(sql));
}
