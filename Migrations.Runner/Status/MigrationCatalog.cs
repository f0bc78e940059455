using System.Collections.Immutable;
using System.Reflection;
using FluentMigrator.Runner.Constraints;
using FluentMigrator.Runner.Initialization;
using FluentMigrator.Runner.Versioning;

namespace Migrations.Runner.Status;

/// <summary>
/// The migrations of one module that the application knows, found by FluentMigrator's conventions without building FluentMigrator
/// and without making an instance of any. Immutable.
/// </summary>
internal sealed class MigrationCatalog
{
    private readonly List<KnownMigration> entries;
    private readonly List<long> others;
    private readonly IReadOnlyList<string> tags;

    private MigrationCatalog(MigrationModule module, List<KnownMigration> entries, List<long> others, IReadOnlyList<string> tags)
    {
        Module = module;
        this.entries = entries;
        this.others = others;
        this.tags = tags;
    }

    public MigrationModule Module { get; }

    /// <summary>How many migrations are to be run.</summary>
    public int Count => entries.Count;

    /// <summary>The newest version that the application knows, be it one that is not to be run; 0 where it knows none.</summary>
    public long Newest
    {
        get
        {
            long newest = entries.Count == 0 ? 0 : entries[^1].Version;
            foreach (long version in others)
            {
                newest = Math.Max(newest, version);
            }

            return newest;
        }
    }

    /// <summary>The classes of what is to be run, in the order of versions.</summary>
    public ImmutableArray<KnownMigration> Known => [.. entries];

    /// <summary>What is to be run, in the order of versions.</summary>
    public ImmutableArray<MigrationIdentity> Migrations => [.. entries.Select(entry => Identity(entry))];

    /// <summary>Finds the migrations of a module.</summary>
    /// <exception cref="MigrationRefusedException">FluentMigrator could not run these migrations.</exception>
    public static MigrationCatalog Read(MigrationModule module, IReadOnlyList<string> tags)
    {
        MigrationSearch search = new(module, tags);
        search.Run();
        return new(module, search.Found, search.LeftOut, tags);
    }

    /// <summary>Where a version is among those to be run; negative where it is not there.</summary>
    public int IndexOf(long version)
    {
        int low = 0;
        int high = entries.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            long found = entries[middle].Version;
            if (found == version)
            {
                return middle;
            }

            if (found < version)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return -1;
    }

    /// <summary>Whether a version is known and not to be run, because of its tags.</summary>
    public bool IsLeftOut(long version) => others.Contains(version);

    /// <summary>The migration of a version; null where it is not to be run.</summary>
    public MigrationIdentity? Find(long version) => FindKnown(version) is { } known ? Identity(known) : null;

    /// <summary>The same as its class describes it.</summary>
    public KnownMigration? FindKnown(long version) => IndexOf(version) is >= 0 and int index ? entries[index] : null;

    /// <summary>What an upgrade would apply: what is not applied, and not held back by a <see cref="MigrationConstraintAttribute"/>.</summary>
    public ImmutableArray<MigrationIdentity> Pending(IReadOnlyCollection<long> applied)
    {
        HashSet<long> versions = [.. applied];
        MigrationConstraintContext? context = null;
        ImmutableArray<MigrationIdentity>.Builder pending = ImmutableArray.CreateBuilder<MigrationIdentity>();
        foreach (KnownMigration entry in entries)
        {
            if (versions.Contains(entry.Version))
            {
                continue;
            }

            if (entry.Type.GetCustomAttributes().OfType<MigrationConstraintAttribute>().All(constraint => constraint.ShouldRun(context ??= ContextOf(applied))))
            {
                pending.Add(Identity(entry));
            }
        }

        return pending.ToImmutable();
    }

    private MigrationIdentity Identity(KnownMigration entry) => new(Module.Name, entry.Version, entry.Description ?? entry.Type.Name);

    private MigrationConstraintContext ContextOf(IReadOnlyCollection<long> applied)
    {
        VersionInfo versions = new();
        foreach (long version in applied)
        {
            versions.AddAppliedMigration(version);
        }

        return new() { VersionInfo = versions, RunnerOptions = new RunnerOptions { Tags = [.. tags] } };
    }
}
