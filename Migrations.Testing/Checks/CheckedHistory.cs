using System.Collections.Immutable;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Schema.Comparison;
using Migrations.Core.Syntax;
using Migrations.Runner;
using Migrations.Runner.History;
using Migrations.Runner.Status;
using Migrations.Testing.Databases;

namespace Migrations.Testing.Checks;

/// <summary>The migrations that are checked, and databases at their versions. May be used by several checks at the same time.</summary>
internal sealed class CheckedHistory
{
    private readonly MigrationSet migrations;
    private readonly ImmutableHashSet<SqlIdentifier> ownTables;

    public CheckedHistory(MigratedDatabaseOptions options)
    {
        migrations = MigrationSet.Of(options);
        DatabaseMigratorOptions asked = MigratorOptions(options);
        ImmutableArray<MigrationModule> modules = ModuleOrder.Sort(asked);
        ownTables = [VersionHistory.Table, .. modules.Select(module => new SqlIdentifier(module.VersionTable.TableName))];
        if (modules.FirstOrDefault(module => module.Name.Length == 0) is { } own)
        {
            MigrationSearch search = new(own, [.. asked.Tags]);
            search.Run();
            LeftOut = [.. search.LeftOut];
        }
    }

    public ImmutableArray<KnownMigration> Known => migrations.Migrations;

    /// <summary>The versions of migrations that are not run, because of their tags.</summary>
    public ImmutableArray<long> LeftOut { get; } = [];

    public long Newest => migrations.Newest;

    /// <summary>The options that a migrator gets.</summary>
    public static DatabaseMigratorOptions MigratorOptions(MigratedDatabaseOptions options)
    {
        DatabaseMigratorOptions asked = new() { ConnectionString = "Data Source=:memory:" };
        foreach (Assembly assembly in options.Assemblies)
        {
            asked.Assemblies.Add(assembly);
        }

        options.Configure?.Invoke(asked);
        return asked;
    }

    public KnownMigration? Find(long version) => Known.FirstOrDefault(known => known.Version == version);

    public long Before(long version) => migrations.Before(version);

    public MigratedDatabase At(long version) => MigratedDatabase.Make(migrations, version);

    /// <summary>Whether a table keeps the history of migrations, and is none of the application's.</summary>
    public bool IsOwn(SqlIdentifier table) => ownTables.Contains(table);

    public ImmutableArray<SchemaDifference> Compare(SqliteConnection expected, SqliteConnection actual) =>
        SchemaComparison.Compare(expected, actual, IsOwn);

    public static MigrationCheckFailure Failure(
        KnownMigration migration, string problem, ImmutableArray<string> details = default, ImmutableArray<SchemaDifference> differences = default) =>
        new(migration.Version, migration.Type.FullName, problem, details, differences);

    /// <summary>What to say of an error that came while databases were made, when nothing had been looked at yet.</summary>
    public MigrationCheckFailure Failure(UpgradeFailedException error, string problem) => error.Failed is { } failed
        ? new(failed.Version, Find(failed.Version)?.Type.FullName, problem, ErrorLines.Of(error))
        : new(null, null, problem, ErrorLines.Of(error));
}
