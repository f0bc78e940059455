using System.Globalization;
using FluentMigrator;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Initialization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Migrations.Benchmarks.Measuring;
using Migrations.Benchmarks.Results;
using Migrations.Core;

namespace Migrations.Benchmarks.Upgrades;

/// <summary>Whole upgrades by FluentMigrator's runner: with this library's processor, and as it comes with the change written in SQL.</summary>
internal static class UpgradeBenchmark
{
    public static ResultTable Run(MeasuringOptions options, Templates templates)
    {
        Template template = templates.Of(options.Rows);
        return new ResultTable(
            "Upgrades",
            string.Create(CultureInfo.InvariantCulture, $"FluentMigrator's `MigrateUp` of one migration on {options.Rows:N0} rows, from building the services ")
            + "to their disposal: with `WithTableRebuild()`, against FluentMigrator as it comes. Where it can't alter a table, its migration runs "
            + "the 12 steps by `Execute.Sql`.",
            "ms",
            [
                Measure("change a default", RebuildMode.Auto, new DefaultMigration(), "stock, 12 steps by hand", new TwelveStepsMigration(), new Goal(0.15)),
                Measure(
                    "change a default, forced to copy", RebuildMode.AlwaysCopy, new DefaultMigration(),
                    "stock, 12 steps by hand", new TwelveStepsMigration(), new Goal(1.05)),
                Measure("add a column", RebuildMode.Auto, new ColumnMigration(), "stock, the same migration", new ColumnMigration(), new Goal(1.05)),
            ]);

        Measurement Measure(string name, RebuildMode mode, Migration ours, string yardstick, Migration theirs, Goal goal)
        {
            void Ours(SqliteConnection connection) =>
                MigrateUp(connection, ours, runner => runner.WithTableRebuild(rebuild => rebuild.Mode = mode));
            void Theirs(SqliteConnection connection) => MigrateUp(connection, theirs, _ => { });

            _ = templates.Of(1000).Time(Ours);
            _ = templates.Of(1000).Time(Theirs);
            Samples[] samples = Interleaved.Run(options.Rounds, () => template.Time(Ours), () => template.Time(Theirs));
            return new Measurement(name, samples[0], mode == RebuildMode.AlwaysCopy ? "copy" : "", samples[1], yardstick, goal);
        }
    }

    /// <summary>FluentMigrator opens its own connection to the file.</summary>
    private static void MigrateUp(SqliteConnection connection, Migration migration, Action<IMigrationRunnerBuilder> configure)
    {
        using ServiceProvider provider = new ServiceCollection()
            .AddFluentMigratorCore()
            .ConfigureRunner(runner => configure(runner.AddSQLite().WithGlobalConnectionString($"Data Source={connection.DataSource};Pooling=False")))
            .AddSingleton<IFilteringMigrationSource>(new OneMigration(migration))
            .BuildServiceProvider(validateScopes: false);
        using IServiceScope scope = provider.CreateScope();
        scope.ServiceProvider.GetRequiredService<IMigrationRunner>().MigrateUp();
    }
}
