using FluentMigrator.Builders.Create.Column;
using FluentMigrator.Expressions;

namespace Migrations.Core.Authoring;

/// <summary>The verbs of a batch.</summary>
public static partial class TableBatchExtensions
{
    /// <summary>Adds a column, last in the table unless <see cref="MoveColumn"/> follows. Reversible.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="name">The column's name.</param>
    /// <param name="define">Says its type and options in FluentMigrator's words.</param>
    /// <returns>The batch.</returns>
    public static ITableBatchSyntax AddColumn(this ITableBatchSyntax batch, string name, Action<ICreateColumnAsTypeSyntax> define)
    {
        TableBatch target = Target(batch);
        ArgumentNullException.ThrowIfNull(define);
        CreateColumnExpression expression = new() { SchemaName = target.Schema, TableName = target.Table };
        expression.Column.Name = name;
        target.Add(expression);
        define(new CreateColumnExpressionBuilder(expression, target.Context));
        return target;
    }

    /// <summary>Drops a column with the constraints written on it. Refused while anything else uses it.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="name">The column.</param>
    /// <returns>The batch.</returns>
    public static ITableBatchSyntax DropColumn(this ITableBatchSyntax batch, string name)
    {
        TableBatch target = Target(batch);
        return target.Add(new DeleteColumnExpression { SchemaName = target.Schema, TableName = target.Table, ColumnNames = { name } });
    }

    /// <summary>Renames a column everywhere it is used. Reversible.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="name">The column.</param>
    /// <param name="newName">Its new name.</param>
    /// <returns>The batch.</returns>
    public static ITableBatchSyntax RenameColumn(this ITableBatchSyntax batch, string name, string newName)
    {
        TableBatch target = Target(batch);
        return target.Add(new RenameColumnExpression
        {
            SchemaName = target.Schema,
            TableName = target.Table,
            OldName = name,
            NewName = newName,
        });
    }

    /// <summary>Changes a column: what follows says its type, nullability, default or collation, each on its own.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="name">The column.</param>
    /// <returns>The column, from which the batch goes on.</returns>
    public static BatchColumnBuilder AlterColumn(this ITableBatchSyntax batch, string name) => Target(batch).AlterColumn(name);

    /// <summary>Changes a column's type, nullability, default or collation, each on its own.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="name">The column.</param>
    /// <param name="alter">Says the changes; what is not said stays.</param>
    /// <returns>The batch.</returns>
    public static ITableBatchSyntax AlterColumn(this ITableBatchSyntax batch, string name, Action<BatchColumnBuilder> alter)
    {
        ArgumentNullException.ThrowIfNull(alter);
        TableBatch target = Target(batch);
        alter(target.AlterColumn(name));
        return target;
    }

    /// <summary>Moves a column within the table. For SQLite only.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="name">The column.</param>
    /// <returns>What says where to, from which the batch goes on.</returns>
    public static ColumnMoveBuilder<ITableBatchSyntax> MoveColumn(this ITableBatchSyntax batch, string name)
    {
        TableBatch target = Target(batch);
        MoveColumnExpression expression = new() { SchemaName = target.Schema, TableName = target.Table, ColumnName = name };
        target.Add(expression);
        return new(place =>
        {
            expression.Place = place;
            return target;
        });
    }

    /// <summary>Makes the table STRICT (stricttables.html). For SQLite only. Reversible.</summary>
    /// <param name="batch">The batch.</param>
    /// <returns>The batch.</returns>
    public static ITableBatchSyntax Strict(this ITableBatchSyntax batch) => SetStrict(batch, isStrict: true);

    /// <summary>Takes STRICT away. For SQLite only. Reversible.</summary>
    /// <param name="batch">The batch.</param>
    /// <returns>The batch.</returns>
    public static ITableBatchSyntax NotStrict(this ITableBatchSyntax batch) => SetStrict(batch, isStrict: false);

    /// <summary>Stores rows by their primary key (withoutrowid.html). For SQLite only. Reversible, but for rowids.</summary>
    /// <param name="batch">The batch.</param>
    /// <returns>The batch.</returns>
    public static ITableBatchSyntax WithoutRowId(this ITableBatchSyntax batch) => SetWithoutRowId(batch, isWithoutRowId: true);

    /// <summary>Gives a WITHOUT ROWID table rowids. For SQLite only. Reversible.</summary>
    /// <param name="batch">The batch.</param>
    /// <returns>The batch.</returns>
    public static ITableBatchSyntax WithRowId(this ITableBatchSyntax batch) => SetWithoutRowId(batch, isWithoutRowId: false);

    private static TableBatch Target(ITableBatchSyntax batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Batch;
    }

    private static ITableBatchSyntax SetStrict(ITableBatchSyntax batch, bool isStrict)
    {
        TableBatch target = Target(batch);
        return target.Add(new AlterTableStrictnessExpression
        {
            SchemaName = target.Schema,
            TableName = target.Table,
            IsStrict = isStrict,
        });
    }

    private static ITableBatchSyntax SetWithoutRowId(ITableBatchSyntax batch, bool isWithoutRowId)
    {
        TableBatch target = Target(batch);
        return target.Add(new AlterTableRowIdExpression
        {
            SchemaName = target.Schema,
            TableName = target.Table,
            IsWithoutRowId = isWithoutRowId,
        });
    }
}
