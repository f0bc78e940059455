using System.Collections.Immutable;
using Migrations.Runner;

namespace Migrations.Cli.Output;

/// <summary>An error.</summary>
/// <param name="Kind">"failed", "usage", "refused" or "cancelled", as the exit code.</param>
/// <param name="Message">What was refused or failed, why, and the way out.</param>
/// <param name="State">What the database holds, where that is why an upgrade was refused.</param>
/// <param name="Problem">What is wrong with the file, the disk or other connections, where that is it.</param>
/// <param name="Failed">The migration that failed.</param>
/// <param name="Statement">The statement that failed.</param>
/// <param name="Backup">The backup that was made before.</param>
/// <param name="Applied">What had been run before the failure, and stays.</param>
internal sealed record ErrorShape(
    string Kind,
    string Message,
    DatabaseState? State,
    DatabaseProblem? Problem,
    MigrationShape? Failed,
    string? Statement,
    string? Backup,
    ImmutableArray<MigrationRunShape> Applied);
