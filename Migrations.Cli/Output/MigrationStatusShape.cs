namespace Migrations.Cli.Output;

/// <summary>A migration and what it is to the database.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Name">Its description, or the name of its class.</param>
/// <param name="State">What it is to the database.</param>
internal sealed record MigrationStatusShape(long Version, string Name, MigrationState State);
