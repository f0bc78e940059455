namespace Migrations.Runner.History;

/// <summary>What is kept of an applied migration beside FluentMigrator's own row. The fingerprint is null where none could be taken.</summary>
internal sealed record HistoryEntry(string Module, long Version, string? Fingerprint);
