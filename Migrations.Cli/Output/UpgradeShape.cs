using System.Collections.Immutable;
using Migrations.Runner;

namespace Migrations.Cli.Output;

/// <summary>What upgrade and downgrade did.</summary>
/// <param name="Database">The path of the database.</param>
/// <param name="From">The versions before.</param>
/// <param name="To">The versions after.</param>
/// <param name="Migrations">What was run, in its order; empty where there was nothing to do.</param>
/// <param name="Backup">The path of the backup from before, where one was made.</param>
/// <param name="Milliseconds">How long it took.</param>
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
