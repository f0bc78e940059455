using System.Collections.Immutable;
using Migrations.Runner;

namespace Migrations.Cli.Output;

/// <summary>A backup.</summary>
/// <param name="Path">The path of its file.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Versions">The versions in it, where its name tells.</param>
internal sealed record BackupShape(string Path, DateTimeOffset CreatedAt, long Size, ImmutableArray<ModuleVersionShape> Versions)
{
    public static BackupShape Of(DatabaseBackup backup) =>
        new(backup.Path, backup.CreatedAt, backup.Size, [.. backup.Versions.Select(ModuleVersionShape.Of)]);
}
