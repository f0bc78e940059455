using System.Diagnostics;
using FluentMigrator.Runner;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Migrations.Core;

namespace MailServer;

/// <summary>Brings a database to a revision, one step at a time, up or down.</summary>
internal sealed class Upgrade : IDisposable
{
    private readonly MailDatabase database;
    private readonly List<AlterationResult> alterations = [];
    private readonly ServiceProvider services;
    private readonly IServiceScope scope;

    public Upgrade(MailDatabase database)
    {
        this.database = database;
        services = new ServiceCollection()
            .AddFluentMigratorCore()
            .ConfigureRunner(runner => runner
                .AddSQLite()
                .WithTableRebuild(options => options.Altered = alterations.Add)
                .WithGlobalConnectionString(database.ConnectionString)
                .ScanIn(typeof(Upgrade).Assembly).For.Migrations())
            .BuildServiceProvider(validateScopes: true);
        scope = services.CreateScope();
    }

    /// <summary>The migration runner, for questions about its connection.</summary>
    public IMigrationRunner Runner => scope.ServiceProvider.GetRequiredService<IMigrationRunner>();

    /// <summary>
    /// Goes to a revision and returns each step as it is done. Rows to try the history with come right after the revisions
    /// that are applied; where nothing is pending nothing is done.
    /// </summary>
    public IEnumerable<RevisionStep> MoveTo(int target, bool seed)
    {
        HashSet<int> applied = [.. database.Applied()];
        foreach (RevisionAttribute revision in History.Revisions.Where(revision => revision.Number <= target && !applied.Contains(revision.Number)))
        {
            yield return Apply(revision, seed ? SeedRows.After(revision.Number) : null);
        }

        foreach (RevisionAttribute revision in History.Revisions.Reverse().Where(revision => revision.Number > target && applied.Contains(revision.Number)))
        {
            yield return TakeBack(revision);
        }
    }

    public void Dispose()
    {
        scope.Dispose();
        services.Dispose();
    }

    private RevisionStep Apply(RevisionAttribute revision, string? rows)
    {
        RevisionStep step = Run(revision, isUp: true, () => Runner.MigrateUp(revision.Version));
        if (rows is null)
        {
            return step;
        }

        try
        {
            database.Execute(rows);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SQLitePCL.raw.SQLITE_CONSTRAINT)
        {
            throw new UpgradeRefusedException(
                $"The database is at revision {revision.Number}, but the test rows of it don't fit ({exception.Message}): "
                + "start from a new file, or leave out --seed.",
                exception);
        }

        return step with { Seeded = true };
    }

    private RevisionStep TakeBack(RevisionAttribute revision) =>
        Run(revision, isUp: false, () => Runner.MigrateDown(revision.Version - 1));

    private RevisionStep Run(RevisionAttribute revision, bool isUp, Action migrate)
    {
        alterations.Clear();
        IReadOnlyList<string> before = database.Tables();
        long start = Stopwatch.GetTimestamp();
        migrate();
        TimeSpan duration = Stopwatch.GetElapsedTime(start);
        IReadOnlyList<string> after = database.Tables();
        return new RevisionStep(
            revision, isUp, [.. after.Except(before)], [.. before.Except(after)], [.. alterations], Seeded: false, duration);
    }
}
