using System.Reflection;
using System.Runtime.CompilerServices;
using Migrations.Runner;

namespace Migrations.Testing.Templates;

/// <summary>
/// The templates of this process, by set of migrations. They go with the assemblies that they belong to; of one assembly's sets those are
/// kept that were used last, since a test may make a new delegate each time, which is another set each time.
/// </summary>
internal sealed class TemplateShelves
{
    private const int Most = 64;

    private static readonly ConditionalWeakTable<Assembly, TemplateShelves> Known = [];

    private readonly Lock gate = new();
    private readonly Dictionary<TemplateKey, (Lazy<TemplateShelf> Shelf, long Used)> shelves = [];
    private long uses;

    /// <summary>The shelf of a set.</summary>
    /// <exception cref="ArgumentException">The options have faults.</exception>
    /// <exception cref="MigrationRefusedException">FluentMigrator could not run these migrations.</exception>
    public static TemplateShelf Of(DatabaseMigratorOptions asked, DatabaseStorage storage)
    {
        // Where there is none, reading the options says so.
        return asked.Assemblies.Concat(asked.Modules.SelectMany(module => module.Assemblies)).FirstOrDefault() is { } first
            ? Known.GetValue(first, _ => new()).Find(TemplateKey.Of(asked, storage), asked)
            : TemplateShelf.Of(asked);
    }

    /// <summary>Forgets all templates of the sets whose first assembly is given.</summary>
    public static void Forget(Assembly first) => Known.Remove(first);

    private TemplateShelf Find(TemplateKey key, DatabaseMigratorOptions asked)
    {
        Lazy<TemplateShelf> shelf;
        lock (gate)
        {
            shelf = shelves.TryGetValue(key, out var found) ? found.Shelf : new(() => TemplateShelf.Of(asked));
            shelves[key] = (shelf, ++uses);
            if (shelves.Count > Most)
            {
                shelves.Remove(shelves.MinBy(entry => entry.Value.Used).Key);
            }
        }

        return shelf.Value;
    }
}
