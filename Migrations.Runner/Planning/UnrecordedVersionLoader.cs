using FluentMigrator.Runner;
using FluentMigrator.Runner.Versioning;
using FluentMigrator.Runner.VersionTableInfo;
using Migrations.Runner.Processing;

namespace Migrations.Runner.Planning;

/// <summary>FluentMigrator's version loader, whose statements are no steps of a plan.</summary>
internal sealed class UnrecordedVersionLoader(IVersionLoader inner, PlanRecorder recorder, TableRebuildProcessor processor) : IVersionLoader
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

    public void LoadVersionInfo() => Unrecorded(inner.LoadVersionInfo);

    public void UpdateVersionInfo(long version) => Unrecorded(() => inner.UpdateVersionInfo(version));

    public void UpdateVersionInfo(long version, string? description) => Unrecorded(() => inner.UpdateVersionInfo(version, description));

    public void DeleteVersion(long version) => Unrecorded(() => inner.DeleteVersion(version));

    public void RemoveVersionTable() => Unrecorded(inner.RemoveVersionTable);

    private void Unrecorded(Action action)
    {
        // What is still to be done belongs to the migration.
        processor.FinishPending();
        recorder.WithoutRecording(() =>
        {
            action();
            return true;
        });
    }
}
