using System.Collections.Immutable;
using Migrations.Runner;

namespace Migrations.Cli.Output;

/// <summary>What upgrade and downgrade did.</summary>
internal sealed record UpgradeShape(
    string Database,
    ImmutableArray<ModuleVersionShape> From,
    ImmutableArray<ModuleVersionShape> To,
    ImmutableArray<MigrationRunShape> Migrations,
    string? Backup,
    double Milliseconds)
{
    public static UpgradeShape Of(string database, UpgradeResult result) => new(
        database,
        [.. result.From.Select(ModuleVersionShape.Of)],
        [.. result.To.Select(ModuleVersionShape.Of)],
        [.. result.Migrations.Select(MigrationRunShape.Of)],
        result.BackupPath,
        Math.Round(result.Duration.TotalMilliseconds, 1));
}
