using Migrations.Runner;

namespace Migrations.Cli.Output;

/// <summary>A module and its newest applied version.</summary>
internal sealed record ModuleVersionShape(string Module, long Version)
{
    public static ModuleVersionShape Of(ModuleVersion version) => new(version.Module, version.Version);
}
