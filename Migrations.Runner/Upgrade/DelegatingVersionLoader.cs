using FluentMigrator.Runner;
using FluentMigrator.Runner.Versioning;
using FluentMigrator.Runner.VersionTableInfo;

namespace Migrations.Runner.Upgrade;

/// <summary>A version loader that does what another one does, but for what a derived class adds.</summary>
internal abstract class DelegatingVersionLoader(IVersionLoader inner) : IVersionLoader
{
    public bool AlreadyCreatedVersionSchema => inner.AlreadyCreatedVersionSchema;

    public bool AlreadyCreatedVersionTable => inner.AlreadyCreatedVersionTable;

    public IMigrationRunner Runner
    {
        get => inner.Runner;
        set => inner.Runner = value;
    }

    public IVersionInfo VersionInfo
    {
        get => inner.VersionInfo;
        set => inner.VersionInfo = value;
    }

    public IVersionTableMetaData VersionTableMetaData => inner.VersionTableMetaData;

    public IVersionTableMetaData GetVersionTableMetaData() => inner.GetVersionTableMetaData();

    public virtual void LoadVersionInfo() => inner.LoadVersionInfo();

    public virtual void UpdateVersionInfo(long version) => inner.UpdateVersionInfo(version);

    public virtual void UpdateVersionInfo(long version, string? description) => inner.UpdateVersionInfo(version, description);

    public virtual void DeleteVersion(long version) => inner.DeleteVersion(version);

    public virtual void RemoveVersionTable() => inner.RemoveVersionTable();
}
