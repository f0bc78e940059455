using System.Data;
using Migrations.Runner.Lookup;

namespace Migrations.Runner.Processing;

internal sealed partial class TableRebuildProcessor
{
    public override bool SchemaExists(string schemaName) =>
        string.IsNullOrWhiteSpace(schemaName) || Look(schema => schema.HasDatabase(FluentName.Parse(schemaName)));

    public override bool TableExists(string schemaName, string tableName) =>
        Look(schema => schema.HasTable(TableName.Of(schemaName, tableName)));

    public override bool ColumnExists(string schemaName, string tableName, string columnName) =>
        Look(schema => schema.HasColumn(TableName.Of(schemaName, tableName), FluentName.Parse(columnName)));

    public override bool ConstraintExists(string schemaName, string tableName, string constraintName) =>
        Look(schema => schema.HasConstraint(TableName.Of(schemaName, tableName), FluentName.Parse(constraintName)));

    public override bool IndexExists(string schemaName, string tableName, string indexName) =>
        Look(schema => schema.HasIndex(TableName.Of(schemaName, tableName), FluentName.Parse(indexName)));

    // SQLite has no sequences to name; AUTOINCREMENT belongs to its table.
    public override bool SequenceExists(string schemaName, string sequenceName) => false;

    public override bool DefaultValueExists(string schemaName, string tableName, string columnName, object defaultValue) =>
        Look(schema => schema.HasDefault(
            TableName.Of(schemaName, tableName),
            FluentName.Parse(columnName),
            generator.GenerateDefault(defaultValue),
            defaultValue as string));

    public override DataSet ReadTableData(string schemaName, string tableName) =>
        Read($"SELECT * FROM {FluentName.Database(schemaName).Quoted}.{FluentName.Parse(tableName).Quoted}");

    private bool Look(Func<SchemaLookup, bool> question)
    {
        PrepareRead();
        return Watched(() => question(new(Open())));
    }
}
