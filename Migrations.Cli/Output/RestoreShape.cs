namespace Migrations.Cli.Output;

/// <summary>What a restore did.</summary>
/// <param name="Database">The database.</param>
/// <param name="Restored">The backup that was put back.</param>
/// <param name="Previous">The backup that was made of the database as it was before; null where there was nothing to back up.</param>
/// <param name="Damaged">Where what was left of a damaged database was put; null where it was not damaged.</param>
/// <param name="Milliseconds">How long it took.</param>
internal sealed record RestoreShape(string Database, string Restored, BackupShape? Previous, string? Damaged, double Milliseconds);
