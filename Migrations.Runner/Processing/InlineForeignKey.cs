using FluentMigrator.Model;

namespace Migrations.Runner.Processing;

/// <summary>A foreign key that can be written on the column it belongs to.</summary>
internal static class InlineForeignKey
{
    public static bool IsPossible(ColumnDefinition column) =>
        column.ForeignKey is { ForeignColumns: { Count: 1 } columns, PrimaryColumns.Count: 1 } key
        && FluentName.Parse(columns.First()) == FluentName.Parse(column.Name)
        && IsWithinDatabase(key);

    /// <summary>A foreign key can't leave its database (foreignkeys.html, section 6).</summary>
    public static bool IsWithinDatabase(ForeignKeyDefinition key) =>
        string.IsNullOrWhiteSpace(key.PrimaryTableSchema)
        || FluentName.Database(key.PrimaryTableSchema) == FluentName.Database(key.ForeignTableSchema);
}
