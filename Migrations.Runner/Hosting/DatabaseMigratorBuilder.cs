using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Migrations.Runner.Hosting;

namespace Migrations.Runner;

/// <summary>Says when a registered <see cref="DatabaseMigrator"/> upgrades its database. At most one of the verbs is called for each.</summary>
public sealed class DatabaseMigratorBuilder
{
    internal DatabaseMigratorBuilder(IServiceCollection services, string? name)
    {
        Services = services;
        Name = name;
    }

    /// <summary>Where the migrator is registered.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The key of the migrator, null where it has none.</summary>
    public string? Name { get; }

    /// <summary>
    /// Upgrades before any other hosted service starts, whatever the order of registration: the host's start waits, also a web
    /// server's. A failure comes out of the host's start, nothing else is started, and the process ends with an error. Several
    /// databases are upgraded one after the other, in the order of these calls. Cancelling the start, be it by Ctrl+C or
    /// <c>HostOptions.StartupTimeout</c>, interrupts the running statement and rolls its migration back. Registers
    /// <see cref="DatabaseReadiness"/>, too.
    /// </summary>
    /// <remarks>
    /// What runs before: constructors of hosted services, and another <see cref="IHostedLifecycleService.StartingAsync"/> that was put
    /// to the front of the registrations later, or that runs at the same time with
    /// <c>HostOptions.ServicesStartConcurrently</c>. No <see cref="IHostedService.StartAsync"/> does.
    /// </remarks>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">It was already said when this database is upgraded.</exception>
    public DatabaseMigratorBuilder UpgradeOnStartup() => Add(new(Name, Blocks: true, StopsHostOnFailure: true));

    /// <summary>
    /// Lets the host start at once and upgrades meanwhile, for long migrations under an orchestrator that stops what does not
    /// answer. The application asks <see cref="DatabaseReadiness"/> before it touches the database. Begins after the upgrades that
    /// the host waits for; several databases are upgraded one after the other, in the order of these calls. Stopping the host
    /// interrupts the running statement and rolls its migration back.
    /// </summary>
    /// <param name="stopHostOnFailure">True, the default: a failure is logged and stops the host, and comes out of its
    /// <see cref="IHost.StopAsync"/> and so out of <c>Run</c>, which ends the process with an error. False: it is logged, and the
    /// application goes on without its database, so that a health endpoint can say so.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">It was already said when this database is upgraded.</exception>
    public DatabaseMigratorBuilder UpgradeInBackground(bool stopHostOnFailure = true) => Add(new(Name, Blocks: false, stopHostOnFailure));

    private DatabaseMigratorBuilder Add(StartupUpgrade upgrade)
    {
        if (Services.Any(service => !service.IsKeyedService && service.ImplementationInstance is StartupUpgrade other && other.Name == Name))
        {
            throw new InvalidOperationException(
                $"It was already said when the database{(Name is null ? "" : $" \"{Name}\"")} is upgraded: "
                + $"call either {nameof(UpgradeOnStartup)} or {nameof(UpgradeInBackground)}, once.");
        }

        Services.AddSingleton(upgrade);
        if (Name is null)
        {
            Services.AddSingleton(_ => new DatabaseReadiness());
        }
        else
        {
            Services.AddKeyedSingleton(Name, (_, _) => new DatabaseReadiness());
        }

        PutFirst();
        return this;
    }

    // Hosted services run in the order of their registration, lifecycle services among themselves too.
    private void PutFirst()
    {
        if (Services.FirstOrDefault(service => !service.IsKeyedService && service.ImplementationType == typeof(StartupUpgrades)) is { } earlier)
        {
            Services.Remove(earlier);
        }

        Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, StartupUpgrades>());
    }
}
