using System.Collections.Immutable;
using System.Globalization;
using Migrations.Runner.Status;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.Fleet;

/// <summary>The migrations that say that they lose data, up to the version to stop at. Immutable.</summary>
internal sealed class FleetLosses
{
    private readonly ImmutableDictionary<(string Module, long Version), string> reasons;

    private FleetLosses(ImmutableDictionary<(string Module, long Version), string> reasons) => this.reasons = reasons;

    public static FleetLosses None { get; } = new(ImmutableDictionary<(string Module, long Version), string>.Empty);

    public bool IsEmpty => reasons.IsEmpty;

    public static FleetLosses Of(FleetOptions options)
    {
        MigratorSettings settings = MigratorSettings.Of(options.Migrator);
        return new((
            from module in settings.Modules
            where options.Version is null || module.Name.Length == 0
            from known in MigrationCatalog.Read(module, settings.Tags).Known
            where options.Version is not { } version || known.Version <= version
            where known.Loses is not null
            select KeyValuePair.Create(
                (module.Name, known.Version),
                string.Create(CultureInfo.InvariantCulture, $"{known.Version} {known.Description ?? known.Type.Name}: {known.Loses}"))).ToImmutableDictionary());
    }

    /// <summary>Those that an upgrade of a database would run, a line each, with their reasons.</summary>
    public ImmutableArray<string> PendingIn(DatabaseStatus status) => IsEmpty
        ? []
        : [
            .. from module in status.Modules
               from migration in module.Pending
               let reason = reasons.GetValueOrDefault((module.Module, migration.Version))
               where reason is not null
               select reason,
        ];
}
