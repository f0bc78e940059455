using System.Collections.Immutable;
using Migrations.Runner;

namespace Migrations.Cli.Output;

/// <summary>What a database holds, compared with the migrations.</summary>
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
