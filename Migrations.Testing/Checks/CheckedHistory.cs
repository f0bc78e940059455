using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Schema.Comparison;
using Migrations.Core.Syntax;
using Migrations.Runner;
using Migrations.Runner.History;
using Migrations.Runner.Status;
using Migrations.Testing.Databases;
using Migrations.Testing.Templates;

namespace Migrations.Testing.Checks;

/// <summary>The migrations that are checked, and databases at their versions. May be used by several checks at the same time.</summary>
internal sealed class CheckedHistory
{
    /// <summary>Said where databases can't be made.</summary>
    public const string FailsWithoutRows = "the Up fails on a database without rows.";

    private readonly MigrationSet migrations;
    private readonly ImmutableHashSet<SqlIdentifier> ownTables;

    public CheckedHistory(MigratedDatabaseOptions options)
    {
        migrations = MigrationSet.Of(options);
        DatabaseMigratorOptions asked = MigratorOptions(options);
        ownTables = OwnTables(asked);
        if (ModuleOrder.Sort(asked).FirstOrDefault(module => module.Name.Length == 0) is { } own)
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

    /// <summary>The options of a migrator, whatever its database.</summary>
    public static DatabaseMigratorOptions MigratorOptions(MigratedDatabaseOptions options) =>
        MigrationSet.MigratorOptions(options, DatabasePlace.Nowhere(options.Storage));

    /// <summary>The tables that keep the history of migrations.</summary>
    public static ImmutableHashSet<SqlIdentifier> OwnTables(MigratedDatabaseOptions options) => OwnTables(MigratorOptions(options));

    public KnownMigration? Find(long version) => Known.FirstOrDefault(known => known.Version == version);

    public long Before(long version) => migrations.Before(version);

    public MigratedDatabase At(long version) => MigratedDatabase.Make(migrations, version);

    /// <summary>A database at the newest version, with all modules.</summary>
    public MigratedDatabase AtNewest() => MigratedDatabase.Make(migrations, TemplateShelf.Latest);

    /// <summary>Whether a table keeps the history of migrations, and is none of the application's.</summary>
    public bool IsOwn(SqlIdentifier table) => ownTables.Contains(table);

    private static ImmutableHashSet<SqlIdentifier> OwnTables(DatabaseMigratorOptions asked) =>
        VersionHistory.TablesOf(ModuleOrder.Sort(asked));

    /// <summary>
    /// Looks at every migration that can be reached, at several at the same time; what is found is in the order of versions. Where an Up
    /// fails even without rows, that is found, and nothing of the versions behind it.
    /// </summary>
    public ImmutableArray<MigrationCheckFailure> ForEach(Func<KnownMigration, IEnumerable<MigrationCheckFailure>> find)
    {
        ImmutableArray<KnownMigration> reached = Known;
        MigrationCheckFailure? obstacle = null;
        for (int i = 0; i < Known.Length && obstacle is null; i++)
        {
            try
            {
                At(Known[i].Version).Dispose();
            }
            catch (UpgradeFailedException e)
            {
                reached = Known[..i];
                obstacle = Failure(e, FailsWithoutRows);
            }
        }

        MigrationCheckFailure[][] found = new MigrationCheckFailure[reached.Length][];
        try
        {
            Parallel.For(0, reached.Length, i => found[i] = [.. find(reached[i])]);
        }
        catch (AggregateException e)
        {
            // One of the application's own errors, as of a function that gives values.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        return obstacle is null ? [.. found.SelectMany(each => each)] : [.. found.SelectMany(each => each), obstacle];
    }

    /// <summary>What is wrong with versions that a caller names as exceptions.</summary>
    public IEnumerable<MigrationCheckFailure> Unknown(ImmutableArray<long> except) => except.Distinct()
        .Where(version => Find(version) is null)
        .Select(version => new MigrationCheckFailure(version, null, "it is named as an exception, and there is no such migration. Leave it out of the exceptions."));

    public ImmutableArray<SchemaDifference> Compare(SqliteConnection expected, SqliteConnection actual) =>
        SchemaComparison.Compare(expected, actual, IsOwn);

    public static MigrationCheckFailure Failure(
        KnownMigration migration, string problem, ImmutableArray<string> details = default, ImmutableArray<SchemaDifference> differences = default) =>
        new(migration.Version, migration.Type.FullName, problem, details, differences);

    /// <summary>What to say where no rows were found for a database at a version.</summary>
    public MigrationCheckFailure Failure(long version, RowsNotFoundException error) => new(
        version,
        Find(version)?.Type.FullName,
        "no rows were found for the schema of this version. Give values for a column, or leave a table empty: "
        + $"{nameof(MigrationChecks.On)}(new {nameof(GeneratedRows)}().{nameof(GeneratedRows.With)}(...)).",
        [.. error.Message.ReplaceLineEndings("\n").Split('\n')]);

    /// <summary>What to say of an error that came while databases were made, when nothing had been looked at yet.</summary>
    public MigrationCheckFailure Failure(UpgradeFailedException error, string problem) => error.Failed is { } failed
        ? new(failed.Version, Find(failed.Version)?.Type.FullName, problem, ErrorLines.Of(error))
        : new(null, null, problem, ErrorLines.Of(error));
}
