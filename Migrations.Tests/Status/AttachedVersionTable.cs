using FluentMigrator.Runner.VersionTableInfo;

namespace Migrations.Tests.Status;

#pragma warning disable CA1812 // Made by the search for it.

/// <summary>A version table in a database that the application attaches.</summary>
internal sealed class AttachedVersionTable : IVersionTableMetaData
{
    public bool OwnsSchema => false;

    public string SchemaName => "history";

    public string TableName => "VersionInfo";

    public string ColumnName => "Version";

    public string DescriptionColumnName => "Description";

    public string UniqueIndexName => "UC_Version";

    public string AppliedOnColumnName => "AppliedOn";

    public bool CreateWithPrimaryKey => false;
}
