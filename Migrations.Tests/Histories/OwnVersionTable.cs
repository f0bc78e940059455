using FluentMigrator.Runner.VersionTableInfo;

namespace Migrations.Tests.Histories;

/// <summary>A version table with names of an application's own.</summary>
internal sealed class OwnVersionTable : IVersionTableMetaData
{
    public bool OwnsSchema => true;

    public string SchemaName => "";

    public string TableName => "applied";

    public string ColumnName => "number";

    public string DescriptionColumnName => "what";

    public string UniqueIndexName => "applied_number";

    public string AppliedOnColumnName => "at";

    public bool CreateWithPrimaryKey => false;
}
