namespace Migrations.Runner.Upgrade;

/// <summary>Where to go: every module to its newest version, or one module to a version, up or down.</summary>
internal sealed record MigrationTarget(string? Module, long Version)
{
    public static MigrationTarget Newest { get; } = new(null, long.MaxValue);

    /// <summary>Whether a module takes part.</summary>
    public bool Includes(string module) => Module is null || string.Equals(Module, module, StringComparison.OrdinalIgnoreCase);

    /// <summary>What would be applied, in the order of versions.</summary>
    public IEnumerable<MigrationIdentity> Up(ModuleStatus status) => Includes(status.Module)
        ? status.Pending.Where(migration => migration.Version <= Version)
        : [];

    /// <summary>What would be taken back, the newest first.</summary>
    public IEnumerable<MigrationIdentity> Down(ModuleStatus status) => Includes(status.Module)
        ? status.Applied.Where(migration => migration.Version > Version).Reverse()
        : [];
}
