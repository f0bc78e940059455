using System.Collections.Immutable;
using Migrations.Runner;

namespace Migrations.Cli.Output;

/// <summary>A backup: its file, when it was made, its size in bytes, and the versions in it where its name tells.</summary>
internal sealed record BackupShape(string Path, DateTimeOffset CreatedAt, long Size, ImmutableArray<ModuleVersionShape> Versions)
{
    public static BackupShape Of(DatabaseBackup backup) =>
        new(backup.Path, backup.CreatedAt, backup.Size, [.. backup.Versions.Select(ModuleVersionShape.Of)]);
}
