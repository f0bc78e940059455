using System.Collections.Immutable;
using Migrations.Runner;

namespace Migrations.Cli.Output;

/// <summary>What a database holds, compared with the migrations.</summary>
/// <param name="Database">The path of the database.</param>
/// <param name="State">What it holds, in a word.</param>
/// <param name="Problem">Why it can't be used, where the state is unusable.</param>
/// <param name="Message">What it holds, with the way out, for people.</param>
/// <param name="Modules">The application's own migrations, and those of modules.</param>
/// <param name="Backups">The backups that there are, newest first.</param>
internal sealed record StatusShape(
    string Database, DatabaseState State, DatabaseProblem? Problem, string Message, ImmutableArray<ModuleStatusShape> Modules, ImmutableArray<BackupShape> Backups)
{
    public static StatusShape Of(DatabaseStatus status, IEnumerable<DatabaseBackup> backups) => new(
        status.Database,
        status.State,
        status.Problem,
        ToolWords.Of(status.Message),
        [.. status.Modules.Select(ModuleStatusShape.Of)],
        [.. backups.Select(BackupShape.Of)]);
}
