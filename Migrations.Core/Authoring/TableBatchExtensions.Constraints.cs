using System.Data;
using FluentMigrator.Builders.Create.Index;
using FluentMigrator.Expressions;
using FluentMigrator.Model;

namespace Migrations.Core.Authoring;

/// <content>Keys, unique constraints, checks, foreign keys and indexes.</content>
public static partial class TableBatchExtensions
{
    /// <summary>Makes columns the primary key of a table that has none. Reversible.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="name">The constraint's name, null for the conventions'.</param>
    /// <returns>The batch.</returns>
    public static ITableBatchSyntax AddPrimaryKey(this ITableBatchSyntax batch, IEnumerable<string> columns, string? name = null) =>
        AddConstraint(batch, ConstraintType.PrimaryKey, columns, name);

    /// <summary>Drops the primary key.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="name">The constraint's name.</param>
    /// <returns>The batch.</returns>
    public static ITableBatchSyntax DropPrimaryKey(this ITableBatchSyntax batch, string name) =>
        DropConstraint(batch, ConstraintType.PrimaryKey, [], name);

    /// <summary>
    /// Adds a UNIQUE constraint. Duplicates are refused. Reversible. On SQLite the constraint stands in the table's own
    /// definition; FluentMigrator's <c>Create.UniqueConstraint</c> makes a unique index there.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="name">The constraint's name, null for the conventions'.</param>
    /// <returns>The batch.</returns>
    public static ITableBatchSyntax AddUnique(this ITableBatchSyntax batch, IEnumerable<string> columns, string? name = null) =>
        AddConstraint(batch, ConstraintType.Unique, columns, name);

    /// <summary>Drops a UNIQUE constraint by its name.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="name">The constraint's name.</param>
    /// <returns>The batch.</returns>
    public static ITableBatchSyntax DropUnique(this ITableBatchSyntax batch, string name) =>
        DropConstraint(batch, ConstraintType.Unique, [], name);

    /// <summary>Drops a UNIQUE constraint by its columns.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="columns">The columns, in the constraint's order.</param>
    /// <returns>The batch.</returns>
    public static ITableBatchSyntax DropUnique(this ITableBatchSyntax batch, IEnumerable<string> columns) =>
        DropConstraint(batch, ConstraintType.Unique, columns, name: null);

    /// <summary>Adds a CHECK constraint. Rows for which it is false are refused. Reversible.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="name">The constraint's name.</param>
    /// <param name="expression">The SQL condition, without the parentheses around it.</param>
    /// <returns>The batch.</returns>
    public static ITableBatchSyntax AddCheck(this ITableBatchSyntax batch, string name, string expression)
    {
        TableBatch target = Target(batch);
        return target.Add(new CreateCheckConstraintExpression
        {
            SchemaName = target.Schema,
            TableName = target.Table,
            ConstraintName = name,
            Expression = expression,
        });
    }

    /// <summary>Drops a CHECK constraint.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="name">The constraint's name.</param>
    /// <returns>The batch.</returns>
    public static ITableBatchSyntax DropCheck(this ITableBatchSyntax batch, string name)
    {
        TableBatch target = Target(batch);
        return target.Add(new DeleteCheckConstraintExpression
        {
            SchemaName = target.Schema,
            TableName = target.Table,
            ConstraintName = name,
        });
    }

    /// <summary>Adds a foreign key of one column. Rows without a parent are refused. Reversible.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="column">The column.</param>
    /// <param name="parent">The parent table.</param>
    /// <param name="parentColumn">The parent's column.</param>
    /// <param name="name">The constraint's name, null for the conventions'.</param>
    /// <param name="onDelete">What happens to rows when their parent row is deleted.</param>
    /// <param name="onUpdate">What happens to rows when their parent row changes its key.</param>
    /// <returns>The batch.</returns>
    public static ITableBatchSyntax AddForeignKey(
        this ITableBatchSyntax batch,
        string column,
        string parent,
        string parentColumn,
        string? name = null,
        Rule onDelete = Rule.None,
        Rule onUpdate = Rule.None) => AddForeignKey(batch, [column], parent, [parentColumn], name, onDelete, onUpdate);

    /// <summary>Adds a foreign key. Rows without a parent are refused. Reversible.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="parent">The parent table.</param>
    /// <param name="parentColumns">The parent's columns, in the same order.</param>
    /// <param name="name">The constraint's name, null for the conventions'.</param>
    /// <param name="onDelete">What happens to rows when their parent row is deleted.</param>
    /// <param name="onUpdate">What happens to rows when their parent row changes its key.</param>
    /// <returns>The batch.</returns>
    public static ITableBatchSyntax AddForeignKey(
        this ITableBatchSyntax batch,
        IEnumerable<string> columns,
        string parent,
        IEnumerable<string> parentColumns,
        string? name = null,
        Rule onDelete = Rule.None,
        Rule onUpdate = Rule.None)
    {
        TableBatch target = Target(batch);
        return target.Add(new CreateForeignKeyExpression
        {
            ForeignKey = new ForeignKeyDefinition
            {
                Name = name,
                ForeignTable = target.Table,
                ForeignTableSchema = target.Schema,
                ForeignColumns = [.. columns],
                PrimaryTable = parent,
                PrimaryTableSchema = target.Schema,
                PrimaryColumns = [.. parentColumns],
                OnDelete = onDelete,
                OnUpdate = onUpdate,
            },
        });
    }

    /// <summary>Drops a foreign key by its name.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="name">The constraint's name.</param>
    /// <returns>The batch.</returns>
    public static ITableBatchSyntax DropForeignKey(this ITableBatchSyntax batch, string name)
    {
        TableBatch target = Target(batch);
        return target.Add(new DeleteForeignKeyExpression
        {
            ForeignKey = new ForeignKeyDefinition { Name = name, ForeignTable = target.Table, ForeignTableSchema = target.Schema },
        });
    }

    /// <summary>Creates an index of the table. Reversible.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="name">The index's name, null for the conventions'.</param>
    /// <param name="define">Says its columns and options in FluentMigrator's words.</param>
    /// <returns>The batch.</returns>
    public static ITableBatchSyntax CreateIndex(
        this ITableBatchSyntax batch, string? name, Action<ICreateIndexOnColumnSyntax> define)
    {
        ArgumentNullException.ThrowIfNull(define);
        TableBatch target = Target(batch);
        CreateIndexExpression expression = new()
        {
            Index = new IndexDefinition { Name = name, TableName = target.Table, SchemaName = target.Schema },
        };
        define(new CreateIndexExpressionBuilder(expression));
        return target.Add(expression);
    }

    /// <summary>Drops an index of the table.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="name">The index.</param>
    /// <returns>The batch.</returns>
    public static ITableBatchSyntax DropIndex(this ITableBatchSyntax batch, string name)
    {
        TableBatch target = Target(batch);
        return target.Add(new DeleteIndexExpression
        {
            Index = new IndexDefinition { Name = name, TableName = target.Table, SchemaName = target.Schema },
        });
    }

    private static ITableBatchSyntax AddConstraint(
        ITableBatchSyntax batch, ConstraintType type, IEnumerable<string> columns, string? name)
    {
        TableBatch target = Target(batch);
        CreateConstraintExpression expression = new(type);
        Define(expression.Constraint, target, columns, name);
        return target.Add(expression);
    }

    private static ITableBatchSyntax DropConstraint(
        ITableBatchSyntax batch, ConstraintType type, IEnumerable<string> columns, string? name)
    {
        TableBatch target = Target(batch);
        DeleteConstraintExpression expression = new(type);
        Define(expression.Constraint, target, columns, name);
        return target.Add(expression);
    }

    private static void Define(ConstraintDefinition constraint, TableBatch target, IEnumerable<string> columns, string? name)
    {
        constraint.SchemaName = target.Schema;
        constraint.TableName = target.Table;
        constraint.ConstraintName = name;
        foreach (string column in columns)
        {
            constraint.Columns.Add(column);
        }
    }
}
