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

    /// <summary>What would be applied below a version that is applied and stays.</summary>
    public IEnumerable<MigrationIdentity> OutOfOrder(ModuleStatus status)
    {
        long newest = status.Applied.Select(migration => migration.Version).Where(version => version <= Version).DefaultIfEmpty().Max();
        return Up(status).Where(migration => migration.Version < newest);
    }

    /// <summary>How many migrations would be run.</summary>
    public int Count(DatabaseStatus status) => status.Modules.Sum(module => Up(module).Count() + Down(module).Count());
}
