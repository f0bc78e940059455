using System.Collections.Immutable;
using Migrations.Runner;
using Migrations.Runner.Fleet;

namespace Migrations.Cli.Output;

/// <summary>What one file of a fleet holds, compared with the migrations.</summary>
/// <param name="File">Its full path.</param>
/// <param name="State">What an upgrade would meet.</param>
/// <param name="Problem">What is wrong, where it can't be read.</param>
/// <param name="Message">The same in words.</param>
/// <param name="Versions">Each module's newest applied version; empty where it can't be read.</param>
/// <param name="Pending">How many migrations an upgrade would apply.</param>
/// <param name="Losses">Those of them that say that they lose data ([LosesData]), with their reasons.</param>
internal sealed record FleetFileStatusShape(
    string File, DatabaseState State, DatabaseProblem? Problem, string Message, ImmutableArray<ModuleVersionShape> Versions, int Pending, ImmutableArray<string> Losses)
{
    public static FleetFileStatusShape Of(FleetStatus status) => new(
        status.File, status.State, status.Problem, ToolWords.Of(status.Message), [.. status.Versions.Select(ModuleVersionShape.Of)], status.Pending, status.Losses);
}
