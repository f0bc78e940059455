using FluentMigrator.Runner;
using Migrations.Runner.Processing;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.Planning;

/// <summary>FluentMigrator's version loader, whose statements are no steps of a plan.</summary>
internal sealed class UnrecordedVersionLoader(IVersionLoader inner, PlanRecorder recorder, TableRebuildProcessor processor)
    : DelegatingVersionLoader(inner)
{
    public override void LoadVersionInfo() => Unrecorded(base.LoadVersionInfo);

    public override void UpdateVersionInfo(long version) => Unrecorded(() => base.UpdateVersionInfo(version));

    public override void UpdateVersionInfo(long version, string? description) => Unrecorded(() => base.UpdateVersionInfo(version, description));

    public override void DeleteVersion(long version) => Unrecorded(() => base.DeleteVersion(version));

    public override void RemoveVersionTable() => Unrecorded(base.RemoveVersionTable);

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
