using FluentMigrator.Runner.VersionTableInfo;

namespace Migrations.Runner.Status;

/// <summary>
/// FluentMigrator's own version table for the application's module; one of the same shape, named after the module, for
/// others. The names of indexes are unique in a database, so they carry the module's name too.
/// </summary>
internal sealed class ModuleVersionTable(string module) : IVersionTableMetaData
{
    public bool OwnsSchema => true;

    public string SchemaName => "";

    public string TableName { get; } = module.Length == 0 ? "VersionInfo" : $"VersionInfo_{module}";

    public string ColumnName => "Version";

    public string DescriptionColumnName => "Description";

    public string UniqueIndexName { get; } = module.Length == 0 ? "UC_Version" : $"UC_Version_{module}";

    public string AppliedOnColumnName => "AppliedOn";

    public bool CreateWithPrimaryKey => false;
}
