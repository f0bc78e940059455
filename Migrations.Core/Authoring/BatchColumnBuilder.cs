using FluentMigrator;
using FluentMigrator.Builders;
using FluentMigrator.Expressions;
using FluentMigrator.Model;

namespace Migrations.Core.Authoring;

/// <summary>
/// Says what becomes of a column: FluentMigrator's types (<c>AsString(255)</c> and so on), and each other property on its own.
/// What is not said stays as it is; the type need not be said again. All verbs of the batch can follow.
/// </summary>
public sealed class BatchColumnBuilder
    : ExpressionBuilderWithColumnTypesBase<AlterColumnExpression, BatchColumnBuilder>, ITableBatchSyntax
{
    private readonly TableBatch batch;
    private bool dropsDefault;
    private bool altersCollation;
    private string? collation;

    internal BatchColumnBuilder(TableBatch batch, AlterColumnExpression expression)
        : base(expression) => this.batch = batch;

    TableBatch ITableBatchSyntax.Batch => batch;

    private ColumnDefinition Column => Expression.Column;

    private bool HasType => Column.Type is not null || Column.CustomType is not null;

    private bool HasDefault => Column.DefaultValue is not ColumnDefinition.UndefinedDefaultValue;

    /// <summary>Allows no NULL. Rows that hold one are refused.</summary>
    public BatchColumnBuilder NotNullable() => SetNullable(false);

    /// <summary>Allows NULL.</summary>
    public BatchColumnBuilder Nullable() => SetNullable(true);

    /// <summary>Gives another default to rows to come. Rows that are there keep what they hold.</summary>
    /// <param name="value">The value, in the words of FluentMigrator; null is DEFAULT NULL.</param>
    public BatchColumnBuilder WithDefaultValue(object? value) => SetDefault(value ?? RawSql.Insert("NULL"));

    /// <summary>Gives a function of the database as the default of rows to come.</summary>
    /// <param name="method">The function.</param>
    public BatchColumnBuilder WithDefault(SystemMethods method) => SetDefault(method);

    /// <summary>Gives a default that is computed for each new row.</summary>
    /// <param name="sql">The SQL expression, with or without parentheses.</param>
    public BatchColumnBuilder WithDefaultExpression(string sql) => SetDefault(RawSql.Insert(DefaultText.OfExpression(sql)));

    /// <summary>Takes the default away. Rows that are there keep what they hold.</summary>
    public BatchColumnBuilder WithoutDefault()
    {
        dropsDefault = true;
        Column.DefaultValue = new ColumnDefinition.UndefinedDefaultValue();
        return this;
    }

    /// <summary>Compares text by another collation. On other databases the type must be said, too.</summary>
    /// <param name="collationName">The collation's name.</param>
    public BatchColumnBuilder WithCollation(string collationName)
    {
        ArgumentException.ThrowIfNullOrEmpty(collationName);
        (altersCollation, collation) = (true, collationName);
        return this;
    }

    /// <summary>Takes the collation away, so that text is compared byte by byte (BINARY). For SQLite only.</summary>
    public BatchColumnBuilder WithoutCollation()
    {
        (altersCollation, collation) = (true, null);
        return this;
    }

    /// <inheritdoc/>
    public override ColumnDefinition GetColumnForType() => Column;

    /// <summary>
    /// The same expressions as outside of a batch where the type is said: FluentMigrator's AlterColumn and, behind it, its
    /// AlterDefaultConstraint. Without a type FluentMigrator has no expression but for the default.
    /// </summary>
    internal IEnumerable<IMigrationExpression> Build()
    {
        if (HasType)
        {
            Column.CollationName = collation ?? Column.CollationName;
            yield return Expression;
        }
        else if (Column.IsNullable is { } isNullable)
        {
            yield return new AlterColumnNullabilityExpression
            {
                SchemaName = Expression.SchemaName,
                TableName = Expression.TableName,
                ColumnName = Column.Name,
                IsNullable = isNullable,
            };
        }
        else if (!HasDefault && !dropsDefault && !altersCollation)
        {
            // Nothing was said: FluentMigrator's validation names the column without a type.
            yield return Expression;
        }

        if (altersCollation && !(HasType && collation is not null))
        {
            yield return new AlterColumnCollationExpression
            {
                SchemaName = Expression.SchemaName,
                TableName = Expression.TableName,
                ColumnName = Column.Name,
                CollationName = collation,
            };
        }

        if (HasDefault)
        {
            yield return new AlterDefaultConstraintExpression
            {
                SchemaName = Expression.SchemaName,
                TableName = Expression.TableName,
                ColumnName = Column.Name,
                DefaultValue = Column.DefaultValue,
            };
        }
        else if (dropsDefault)
        {
            yield return new DeleteDefaultConstraintExpression
            {
                SchemaName = Expression.SchemaName,
                TableName = Expression.TableName,
                ColumnName = Column.Name,
            };
        }
    }

    private BatchColumnBuilder SetNullable(bool isNullable)
    {
        Column.IsNullable = isNullable;
        return this;
    }

    private BatchColumnBuilder SetDefault(object value)
    {
        dropsDefault = false;
        Column.DefaultValue = value;
        return this;
    }
}
