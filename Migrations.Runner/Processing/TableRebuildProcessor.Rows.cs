using FluentMigrator.Expressions;
using Migrations.Core.Syntax;
using Migrations.Runner.Lookup;

namespace Migrations.Runner.Processing;

internal sealed partial class TableRebuildProcessor
{
    public override void Process(InsertDataExpression expression) => Process(
        Generator.Generate(expression),
        () => ColumnsOf(expression.SchemaName, expression.TableName).Require(expression.Rows.SelectMany(row => row).Select(pair => pair.Key)));

    public override void Process(DeleteDataExpression expression) => Process(
        Generator.Generate(expression),
        () => ColumnsOf(expression.SchemaName, expression.TableName).Require(
            expression.IsAllRows ? [] : expression.Rows.SelectMany(row => row).Select(pair => pair.Key)));

    public override void Process(UpdateDataExpression expression)
    {
        TableName table = TableName.Of(expression.SchemaName, expression.TableName);
        if (pending.Table == table && Joins(expression))
        {
            Gather(expression, table, () => translator.Translate(expression));
            return;
        }

        Process(
            Generator.Generate(expression),
            () => ColumnsOf(expression.SchemaName, expression.TableName).Require(
                expression.Set.Concat(expression.IsAllRows ? [] : expression.Where).Select(pair => pair.Key)));
    }

    private bool Joins(UpdateDataExpression update) => pending.AltersTable && FoldableExpressions.IsWholeTableUpdate(update);

    // A name without a database means what it means to SQLite in the statement.
    private NamedColumns ColumnsOf(string? schemaName, string tableName) => new(
        Open(), string.IsNullOrEmpty(schemaName) ? (SqlIdentifier?)null : FluentName.Parse(schemaName), FluentName.Parse(tableName));
}
