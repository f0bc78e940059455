using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using FluentMigrator;
using FluentMigrator.Runner.Constraints;
using Migrations.Runner;
using Migrations.Runner.Status;

namespace Migrations.Testing.Templates;

/// <summary>What is known of one set of migrations, and its templates by version. Safe for concurrent use.</summary>
internal sealed class TemplateShelf
{
    /// <summary>Stands for all modules at their newest.</summary>
    public const long Latest = long.MaxValue;

    private readonly ConcurrentDictionary<long, Lazy<Template>> templates = [];
    private readonly ImmutableArray<MigrationModule> modules;
    private readonly bool isBuiltStepByStep;

    private TemplateShelf(DatabaseMigratorOptions asked, ImmutableArray<MigrationModule> modules)
    {
        this.modules = modules;
        Own = modules.FirstOrDefault(module => module.Name.Length == 0);
        Known = Own is null ? [] : MigrationCatalog.Read(Own, [.. asked.Tags]).Known;
        ModulesBefore =
        [
            .. from module in Own is null ? [] : modules.TakeWhile(module => module != Own)
               let known = MigrationCatalog.Read(module, [.. asked.Tags]).Known
               where !known.IsEmpty
               select (module.Name, known[^1].Version),
        ];

        // What runs once for each call of the runner, and what depends on where a call began, would show in a database that was built in two.
        isBuiltStepByStep = asked.ConfigureRunner is null && modules.SelectMany(module => module.Assemblies).All(IsPlain);
    }

    /// <summary>The application's own module, null where it has only those of libraries.</summary>
    public MigrationModule? Own { get; }

    /// <summary>The application's own migrations, in the order of versions.</summary>
    public ImmutableArray<KnownMigration> Known { get; }

    /// <summary>The modules that are upgraded before the application's own, with their newest versions.</summary>
    public ImmutableArray<(string Module, long Newest)> ModulesBefore { get; }

    /// <summary>Reads what there is, without running any migration.</summary>
    /// <exception cref="ArgumentException">The options have faults.</exception>
    /// <exception cref="MigrationRefusedException">FluentMigrator could not run these migrations.</exception>
    public static TemplateShelf Of(DatabaseMigratorOptions asked)
    {
        // It names all faults at once.
        DatabaseMigrator.Create(asked).Dispose();
        return new(asked, ModuleOrder.Sort(asked));
    }

    /// <summary>
    /// The template of a version, which is built by the first to ask while all others wait for it. Where that fails all of them get its
    /// exception, and the next to ask builds anew.
    /// </summary>
    /// <param name="version">The version, or <see cref="Latest"/>.</param>
    /// <param name="build">Builds it upon another one, of a lower version.</param>
    public Template Get(long version, Func<long, Template, Template> build)
    {
        long found = version == Latest && Own is not null && modules[^1] == Own && !Known.IsEmpty ? Known[^1].Version : version;
        if (found == 0 && ModulesBefore.IsEmpty)
        {
            return Template.Empty;
        }

        Lazy<Template> template = templates.GetOrAdd(found, key => new(() => build(key, Below(key))));
        try
        {
            return template.Value;
        }
        catch
        {
            templates.TryRemove(new(found, template));
            throw;
        }
    }

    private static bool IsPlain(Assembly assembly)
    {
        MigrationTypes types = MigrationTypes.Of(assembly);
        return types.Conventions is null
            && types.Migrations.All(type => !type.IsDefined(typeof(MaintenanceAttribute), inherit: true) && !type.IsDefined(typeof(MigrationConstraintAttribute), inherit: true));
    }

    private Template Below(long version) => isBuiltStepByStep
        ? templates.Where(entry => entry.Key < version && entry.Value.IsValueCreated)
            .OrderByDescending(entry => entry.Key)
            .Select(entry => entry.Value.Value)
            .FirstOrDefault(template => !template.IsNone, Template.Empty)
        : Template.Empty;
}
