namespace Migrations.Tests.Cli;

/// <summary>A migration of a <see cref="SqlMigrations"/> assembly.</summary>
internal sealed record SqlMigration(long Version, string Name, string Up, string Down = "SELECT 1", string? Loses = null);
