using Migrations.Runner.Scripting;

namespace Migrations.Cli.Output;

/// <summary>A migration of a script.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsUp">Whether it is applied, and not taken back.</param>
internal sealed record ScriptedMigrationShape(long Version, string Name, bool IsUp)
{
    public static ScriptedMigrationShape Of(ScriptedMigration scripted) =>
        new(scripted.Migration.Version, scripted.Migration.Name, scripted.IsUp);
}
