using FluentMigrator.Runner;
using Microsoft.Data.Sqlite;
using Migrations.Runner.Processing;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.History;

/// <summary>
/// FluentMigrator's version loader, which with each row of its version table also writes or removes the fingerprint, in one
/// transaction. The first row of a session also adopts what is applied already and has no comparable fingerprint:
/// what those migrations say today is what they are compared with from then on.
/// </summary>
internal sealed class HistoryKeepingLoader(
    IVersionLoader inner,
    MigrationModule module,
    ModuleFingerprints fingerprints,
    SqliteConnection connection,
    TableRebuildProcessor processor,
    MigrationScript script,
    IMigrationScopeManager scopes)
    : DelegatingVersionLoader(inner)
{
    private bool hasAdopted;

    public override void UpdateVersionInfo(long version) => Update(version, () => base.UpdateVersionInfo(version));

    public override void UpdateVersionInfo(long version, string? description) => Update(version, () => base.UpdateVersionInfo(version, description));

    public override void DeleteVersion(long version) => InTransaction(() =>
    {
        Adopt();
        base.DeleteVersion(version);
        processor.Execute(VersionHistory.Remove(module.Name, version));
    });

    public override void RemoveVersionTable() => InTransaction(() =>
    {
        base.RemoveVersionTable();
        if (!VersionHistory.IsThere(connection))
        {
            return;
        }

        processor.Execute(VersionHistory.Remove(module.Name));
        if (VersionHistory.Read(connection).IsEmpty)
        {
            processor.Execute($"DROP TABLE main.\"{VersionHistory.Table}\"");
        }
    });

    private void Update(long version, Action update) => InTransaction(() =>
    {
        Adopt();
        update();
        processor.Execute(VersionHistory.Record(new(module.Name, version, fingerprints.Of(version))));
    });

    private void Adopt()
    {
        if (hasAdopted)
        {
            return;
        }

        processor.Execute(VersionHistory.Create);
        Dictionary<long, HistoryEntry> kept = VersionHistory.Read(connection)
            .Where(entry => string.Equals(entry.Module, module.Name, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(entry => entry.Version);
        foreach (long version in VersionInfo.AppliedMigrations())
        {
            bool isKept = kept.Remove(version, out HistoryEntry? entry);
            if (!isKept || (!MigrationFingerprint.IsComparable(entry?.Fingerprint) && fingerprints.Of(version) is not null))
            {
                processor.Execute(VersionHistory.Record(new(module.Name, version, fingerprints.Of(version))));
            }
        }

        // Taken back by something that does not know of this table.
        foreach (long version in kept.Keys)
        {
            processor.Execute(VersionHistory.Remove(module.Name, version));
        }

        hasAdopted = true;
    }

    // A migration without a transaction has written all it has to write: the two rows still belong together.
    private void InTransaction(Action write)
    {
        if (scopes.CurrentScope is { IsActive: true })
        {
            write();
            return;
        }

        processor.FinishPending();
        script.Begin();
        processor.BeginTransaction();
        try
        {
            write();
            processor.CommitTransaction();
        }
        catch
        {
            processor.RollbackTransaction();
            throw;
        }
    }
}
