using Migrations.Runner;

namespace Migrations.Cli.Output;

/// <summary>A migration; its module is empty for the application's own.</summary>
internal sealed record MigrationShape(string Module, long Version, string Name)
{
    public static MigrationShape Of(MigrationIdentity migration) => new(migration.Module, migration.Version, migration.Name);
}
