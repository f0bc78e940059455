using FluentMigrator.Expressions;
using FluentMigrator.Infrastructure;
using Migrations.Core.Syntax;

namespace Migrations.Core.Authoring;

/// <summary>
/// Collects the expressions of a batch aside, so that nothing of it is in the migration if its author's code throws.
/// FluentMigrator's own column builder adds expressions (indexes, foreign keys, updates) behind the first, so it gets a
/// context of its own.
/// </summary>
internal sealed class TableBatch : ITableBatchSyntax
{
    private readonly BatchOptions options;
    private readonly Dictionary<IMigrationExpression, BatchColumnBuilder> alteredColumns = [];

    public TableBatch(IMigrationContext migration, string table, BatchOptions options)
    {
        Table = table;
        this.options = options;
        Context = new MigrationContext(migration.QuerySchema, migration.ServiceProvider, migration.Connection);
    }

    public string Table { get; }

    public string? Schema => options.Schema;

    /// <summary>The context that holds the batch's expressions.</summary>
    public IMigrationContext Context { get; }

    TableBatch ITableBatchSyntax.Batch => this;

    public ITableBatchSyntax Add(IMigrationExpression expression)
    {
        Context.Expressions.Add(expression);
        return this;
    }

    public BatchColumnBuilder AlterColumn(string column)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        AlterColumnExpression expression = new() { SchemaName = Schema, TableName = Table };
        expression.Column.Name = column;
        BatchColumnBuilder builder = new(this, expression);
        alteredColumns.Add(expression, builder);
        Add(expression);
        return builder;
    }

    public void AddTo(ICollection<IMigrationExpression> expressions)
    {
        ILookup<bool, IMigrationExpression> children = Context.Expressions.ToLookup(IsAboutTable);
        expressions.Add(new BeginTableBatchExpression { SchemaName = Schema, TableName = Table, Options = options });

        // What a column becomes is known only now that its author has said all of it.
        foreach (IMigrationExpression child in children[true].SelectMany(
            expression => alteredColumns.TryGetValue(expression, out BatchColumnBuilder? column) ? column.Build() : [expression]))
        {
            expressions.Add(child);
        }

        expressions.Add(new EndTableBatchExpression { SchemaName = Schema, TableName = Table, Options = options });
        foreach (IMigrationExpression other in children[false])
        {
            expressions.Add(other);
        }
    }

    // A column's ReferencedBy makes a foreign key of another table, which needs this one's new column first.
    private bool IsAboutTable(IMigrationExpression expression) =>
        expression is not CreateForeignKeyExpression { ForeignKey.ForeignTable: { } child } || new SqlIdentifier(child) == Table;
}
