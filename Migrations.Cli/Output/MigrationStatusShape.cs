namespace Migrations.Cli.Output;

/// <summary>A migration and what it is to the database.</summary>
internal sealed record MigrationStatusShape(long Version, string Name, MigrationState State);
