using FluentMigrator.Runner.VersionTableInfo;

namespace Migrations.Tests.Modules;

/// <summary>A version table as libraries describe theirs.</summary>
public class CopiedVersionTable : IVersionTableMetaData
{
    public bool OwnsSchema => true;

    public string SchemaName => "";

    public string TableName { get; init; } = "AcmeHistory";

    public string ColumnName => "Number";

    public string DescriptionColumnName => "What";

    public string UniqueIndexName { get; init; } = "UX_AcmeHistory";

    public string AppliedOnColumnName => "DoneOn";

    public bool CreateWithPrimaryKey => false;
}
