using System.Collections.Immutable;

namespace Migrations.Runner.Fleet;

/// <summary>What one file of a fleet holds, compared with what the application knows. Immutable.</summary>
/// <param name="File">Its full path.</param>
/// <param name="State">What an upgrade would meet.</param>
/// <param name="Problem">What is wrong, where it can't be read.</param>
/// <param name="Message">The same in words, with the way out.</param>
/// <param name="Versions">Each module's newest applied version; empty where it can't be read.</param>
/// <param name="Pending">How many migrations an upgrade would apply.</param>
/// <param name="Losses">Those of them that say that they lose data, with their reasons.</param>
internal sealed record FleetStatus(
    string File, DatabaseState State, DatabaseProblem? Problem, string Message, ImmutableArray<ModuleVersion> Versions, int Pending, ImmutableArray<string> Losses);
