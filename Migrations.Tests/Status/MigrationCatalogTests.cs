using System.Collections.Immutable;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Exceptions;
using FluentMigrator.Runner.Initialization;
using MailServer;
using Microsoft.Extensions.DependencyInjection;
using Migrations.Runner;
using Migrations.Runner.Status;
using NUnit.Framework;
using static Migrations.Tests.Status.AwkwardMigrations;

namespace Migrations.Tests.Status;

public sealed class MigrationCatalogTests
{
    private static readonly Type[] Unambiguous =
    [
        typeof(Negative), typeof(WithOwnAttribute), typeof(Plain), typeof(Described), typeof(Derived), typeof(Abstract), typeof(TaggedA), typeof(TaggedBoth),
        typeof(TaggedAny), typeof(TaggedByInterface), typeof(TaggedBase), typeof(TaggedByBase), typeof(InheritsFrom), typeof(Inherits), typeof(ForProfile),
        typeof(ForMaintenance), typeof(NoMigration), typeof(AutoReversing), typeof(IMarked), typeof(WhenAtTwo), typeof(HeldBack),
    ];

    private static readonly Type[][] Sets =
    [
        Unambiguous,
        [.. Unambiguous, typeof(AgainFourForB)],
        [typeof(Plain), typeof(Described), typeof(AgainTwo)],
        [typeof(Plain), typeof(Open<>)],
        [typeof(Plain), typeof(TwoVersions)],
        [typeof(Abstract)],
        [],
    ];

    [Test]
    public void Read_awkwardClasses_findsWhatFluentMigratorWouldRun(
        [ValueSource(nameof(Sets))] Type[] types, [Values("", "a", "b", "a,b", "a,c", "marked", "A")] string tags)
    {
        string[] asked = tags.Split(',', StringSplitOptions.RemoveEmptyEntries);
        StatedTypes assembly = new(types);
        IReadOnlyList<string>? expected = ByFluentMigrator(assembly, asked);

        if (expected is null)
        {
            Assert.That(() => Read(assembly, asked), Throws.TypeOf<MigrationRefusedException>());
        }
        else
        {
            Assert.That(Read(assembly, asked).Migrations.Select(migration => $"{migration.Version} {migration.Name}"), Is.EqualTo(expected));
        }
    }

    [Test]
    public void Read_aRealHistory_findsWhatFluentMigratorWouldRun()
    {
        IReadOnlyList<string>? expected = ByFluentMigrator(typeof(RevisionAttribute).Assembly, []);

        Assert.That(expected, Has.Count.EqualTo(33));
        Assert.That(Read(typeof(RevisionAttribute).Assembly, []).Migrations.Select(migration => $"{migration.Version} {migration.Name}"), Is.EqualTo(expected));
    }

    [Test]
    public void Read_twoClassesOfOneVersion_namesBoth() =>
        Assert.That(
            () => Read(new StatedTypes(typeof(AgainTwo), typeof(Described)), []),
            Throws.TypeOf<MigrationRefusedException>().With.Message.EqualTo(
                "Migrations.Tests.Status.AwkwardMigrations+AgainTwo and Migrations.Tests.Status.AwkwardMigrations+Described both have the version 2: give one of them another."));

    [Test]
    public void Read_oneAssemblyTwice_findsEachMigrationOnce()
    {
        StatedTypes assembly = new(typeof(Plain));

        Assert.That(MigrationCatalog.Read(new("", [assembly, assembly], [], null), []).Count, Is.EqualTo(1));
    }

    [Test]
    public void IsLeftOut_versionOfOtherTags_isTrueAndCountsAsKnown()
    {
        MigrationCatalog catalog = Read(new StatedTypes(typeof(Plain), typeof(TaggedA)), []);

        Assert.That(catalog.Count, Is.EqualTo(1));
        Assert.That(catalog.IsLeftOut(4), Is.True);
        Assert.That(catalog.Newest, Is.EqualTo(4));
    }

    [Test]
    public void Pending_constraints_isWhatFluentMigratorApplies([Values(0, 1, 2)] int applied)
    {
        Type[] types = [typeof(Plain), typeof(Described), typeof(WhenAtTwo), typeof(HeldBack)];
        using StatusDatabase database = new();
        database.Options.Assemblies.Clear();
        database.Options.Assemblies.Add(new StatedTypes(types));
        database.AddHistory([.. Enumerable.Range(1, applied).Select(version => (long)version)]);
        ImmutableArray<long> pending = [.. database.Status.Modules[0].Pending.Select(migration => migration.Version)];

        using ServiceProvider services = Services(new StatedTypes(types), [], database.Options.ConnectionString);
        using IServiceScope scope = services.CreateScope();
        scope.ServiceProvider.GetRequiredService<IMigrationRunner>().MigrateUp();

        Assert.That(
            scope.ServiceProvider.GetRequiredService<IVersionLoader>().VersionInfo.AppliedMigrations().Order().Skip(applied),
            Is.EqualTo(pending));
    }

    [Test]
    public void Find_onlyHeldBackMigrationsMissing_isUpToDate()
    {
        using StatusDatabase database = new();
        database.Options.Assemblies.Add(new StatedTypes(typeof(HeldBack)));
        database.AddHistory(1, 2);

        Assert.That(database.Status.State, Is.EqualTo(DatabaseState.UpToDate));
    }

    private static MigrationCatalog Read(System.Reflection.Assembly assembly, string[] tags) => MigrationCatalog.Read(new("", [assembly], [], null), tags);

    /// <summary>Null where FluentMigrator refuses.</summary>
    private static IReadOnlyList<string>? ByFluentMigrator(System.Reflection.Assembly assembly, string[] tags)
    {
        using ServiceProvider services = Services(assembly, tags, "Data Source=:memory:");
        using IServiceScope scope = services.CreateScope();
        try
        {
            return
            [
                .. scope.ServiceProvider.GetRequiredService<IMigrationInformationLoader>().LoadMigrations().Values
                    .Select(migration => $"{migration.Version} {migration.Description ?? migration.Migration.GetType().Name}"),
            ];
        }
        catch (MissingMigrationsException)
        {
            return [];
        }
        catch (Exception e) when (e is FluentMigrator.Exceptions.DuplicateMigrationException or MemberAccessException or ArgumentException or InvalidOperationException or System.Reflection.AmbiguousMatchException)
        {
            return null;
        }
    }

    private static ServiceProvider Services(System.Reflection.Assembly assembly, string[] tags, string connectionString) => new ServiceCollection()
        .AddFluentMigratorCore()
        .ConfigureRunner(runner => runner.AddSQLite().WithGlobalConnectionString(connectionString + ";Pooling=False").ScanIn(assembly).For.All())
        .Configure<RunnerOptions>(options => options.Tags = tags)
        .BuildServiceProvider();
}
