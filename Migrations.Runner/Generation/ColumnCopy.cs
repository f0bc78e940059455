using FluentMigrator.Model;

namespace Migrations.Runner.Generation;

/// <summary>Copies of column definitions: generating from a definition changes it.</summary>
internal static class ColumnCopy
{
    public static ColumnDefinition Of(ColumnDefinition column)
    {
        ColumnDefinition copy = new()
        {
            Name = column.Name,
            Type = column.Type,
            Size = column.Size,
            Precision = column.Precision,
            CustomType = column.CustomType,
            Expression = column.Expression,
            ExpressionStored = column.ExpressionStored,
            DefaultValue = column.DefaultValue,
            IsForeignKey = column.IsForeignKey,
            IsIdentity = column.IsIdentity,
            IsIndexed = column.IsIndexed,
            IsPrimaryKey = column.IsPrimaryKey,
            PrimaryKeyName = column.PrimaryKeyName,
            IsNullable = column.IsNullable,
            IsUnique = column.IsUnique,
            TableName = column.TableName,
            ModificationType = column.ModificationType,
            ColumnDescription = column.ColumnDescription,
            CollationName = column.CollationName,
            ForeignKey = (ForeignKeyDefinition?)column.ForeignKey?.Clone(),
        };
        foreach ((string key, object value) in column.AdditionalFeatures)
        {
            copy.AdditionalFeatures[key] = value;
        }

        return copy;
    }
}
