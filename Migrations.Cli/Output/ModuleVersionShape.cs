using Migrations.Runner;

namespace Migrations.Cli.Output;

/// <summary>A module and its newest applied version.</summary>
/// <param name="Module">The module, empty for the application's own migrations.</param>
/// <param name="Version">The version, 0 where nothing is applied.</param>
internal sealed record ModuleVersionShape(string Module, long Version)
{
    public static ModuleVersionShape Of(ModuleVersion version) => new(version.Module, version.Version);
}
