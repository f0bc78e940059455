using FluentMigrator;
using FluentMigrator.Expressions;
using Migrations.Core.Authoring;

namespace Migrations.Runner.Processing;

/// <summary>Tells which expressions change one table and may share one alteration with their neighbours.</summary>
internal static class FoldableExpressions
{
    /// <summary>The table that an expression alters, null for everything that is no alteration of one table.</summary>
    public static TableName? FindTable(IMigrationExpression expression) => expression switch
    {
        CreateColumnExpression e => TableName.Of(e.SchemaName, e.TableName),
        AlterColumnExpression e => TableName.Of(e.SchemaName, e.TableName),
        DeleteColumnExpression e => TableName.Of(e.SchemaName, e.TableName),
        RenameColumnExpression e => TableName.Of(e.SchemaName, e.TableName),
        RenameTableExpression e => TableName.Of(e.SchemaName, e.OldName),
        AlterDefaultConstraintExpression e => TableName.Of(e.SchemaName, e.TableName),
        DeleteDefaultConstraintExpression e => TableName.Of(e.SchemaName, e.TableName),
        CreateForeignKeyExpression e => TableName.Of(e.ForeignKey.ForeignTableSchema, e.ForeignKey.ForeignTable),
        DeleteForeignKeyExpression e => TableName.Of(e.ForeignKey.ForeignTableSchema, e.ForeignKey.ForeignTable),
        CreateConstraintExpression e => TableName.Of(e.Constraint.SchemaName, e.Constraint.TableName),
        DeleteConstraintExpression e => TableName.Of(e.Constraint.SchemaName, e.Constraint.TableName),
        CreateIndexExpression e => TableName.Of(e.Index.SchemaName, e.Index.TableName),
        DeleteIndexExpression e when !string.IsNullOrEmpty(e.Index.TableName) => TableName.Of(e.Index.SchemaName, e.Index.TableName),
        TableExpression { TableName: { } table } e => TableName.Of(e.SchemaName, table),
        _ => null,
    };

    /// <summary>Whether an expression gives every row of its table the same values: a conversion, where the table is altered anyway.</summary>
    public static bool IsWholeTableUpdate(UpdateDataExpression expression) =>
        expression is { IsAllRows: true, Set: { Count: > 0 } set }
        && set.TrueForAll(pair => !string.IsNullOrEmpty(pair.Key) && pair.Value is not RawSql);
}
