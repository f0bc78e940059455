using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Migrations.Runner;
using Migrations.Runner.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a <see cref="DatabaseMigrator"/>, which the container disposes.</summary>
public static class DatabaseMigratorServiceCollectionExtensions
{
    /// <summary>
    /// Registers a <see cref="DatabaseMigrator"/> as a singleton that logs where the application does. Its options are
    /// <see cref="DatabaseMigratorOptions"/> of Microsoft.Extensions.Options: a library adds its own migrations with
    /// <c>services.Configure&lt;DatabaseMigratorOptions&gt;(o => o.Modules.Add(...))</c>. A host validates them when it starts.
    /// </summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>A builder that says when to upgrade; without it the application calls the migrator itself.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException">A migrator without a name is registered already.</exception>
    public static DatabaseMigratorBuilder AddDatabaseMigrator(
        this IServiceCollection services, Action<DatabaseMigratorOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, null, options => options.Configure(configure));
    }

    /// <summary>Registers a <see cref="DatabaseMigrator"/> whose options depend on other services, such as the configuration.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configure">Sets the options. It is called once, with the container's root.</param>
    /// <returns>A builder that says when to upgrade; without it the application calls the migrator itself.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException">A migrator without a name is registered already.</exception>
    public static DatabaseMigratorBuilder AddDatabaseMigrator(
        this IServiceCollection services, Action<IServiceProvider, DatabaseMigratorOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, null, options => options.Configure<IServiceProvider>((made, provider) => configure(provider, made)));
    }

    /// <summary>
    /// Registers the <see cref="DatabaseMigrator"/> of one of several databases, as a singleton with the name as its key
    /// (<c>[FromKeyedServices("archive")]</c>). Its options have the same name.
    /// </summary>
    /// <param name="services">Where to register.</param>
    /// <param name="name">The key, not empty.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>A builder that says when to upgrade; without it the application calls the migrator itself.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">A migrator of this name is registered already.</exception>
    public static DatabaseMigratorBuilder AddDatabaseMigrator(
        this IServiceCollection services, string name, Action<DatabaseMigratorOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, name, options => options.Configure(configure));
    }

    /// <summary>Registers the <see cref="DatabaseMigrator"/> of one of several databases, whose options depend on other services.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="name">The key, not empty.</param>
    /// <param name="configure">Sets the options. It is called once, with the container's root.</param>
    /// <returns>A builder that says when to upgrade; without it the application calls the migrator itself.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">A migrator of this name is registered already.</exception>
    public static DatabaseMigratorBuilder AddDatabaseMigrator(
        this IServiceCollection services, string name, Action<IServiceProvider, DatabaseMigratorOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, name, options => options.Configure<IServiceProvider>((made, provider) => configure(provider, made)));
    }

    private static DatabaseMigratorBuilder Add(
        IServiceCollection services, string? name, Action<OptionsBuilder<DatabaseMigratorOptions>> configure)
    {
        if (services.Any(service => service.ServiceType == typeof(DatabaseMigrator) && Equals(service.ServiceKey, name)))
        {
            throw new InvalidOperationException(name is null
                ? "A database migrator is registered already: give each of several databases a name, or change the options with services.Configure<DatabaseMigratorOptions>."
                : $"A database migrator \"{name}\" is registered already: give each database another name.");
        }

        OptionsBuilder<DatabaseMigratorOptions> options = services.AddOptions<DatabaseMigratorOptions>(name);
        configure(options);
        options.ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DatabaseMigratorOptions>, OptionsValidation>());
        if (name is null)
        {
            services.AddSingleton(provider => Make(provider, null));
        }
        else
        {
            services.AddKeyedSingleton(name, (provider, _) => Make(provider, name));
        }

        return new(services, name);
    }

    private static DatabaseMigrator Make(IServiceProvider provider, string? name) => DatabaseMigrator.Create(
        provider.GetRequiredService<IOptionsMonitor<DatabaseMigratorOptions>>().Get(name),
        provider.GetService<ILoggerFactory>());
}
