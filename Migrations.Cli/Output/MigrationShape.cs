using Migrations.Runner;

namespace Migrations.Cli.Output;

/// <summary>A migration.</summary>
/// <param name="Module">Its module, empty for the application's own.</param>
/// <param name="Version">Its version.</param>
/// <param name="Name">Its description, or the name of its class.</param>
internal sealed record MigrationShape(string Module, long Version, string Name)
{
    public static MigrationShape Of(MigrationIdentity migration) => new(migration.Module, migration.Version, migration.Name);
}
