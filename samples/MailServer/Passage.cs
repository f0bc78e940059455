using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Migrations.Runner;

namespace MailServer;

/// <summary>Brings a database to a revision, at once or one step at a time, up or down.</summary>
internal sealed class Passage(string file, DatabaseMigrator migrator)
{
    private readonly MailDatabase database = new(file);

    /// <summary>Goes to a revision and tells each step that was done, also where a later one failed.</summary>
    public async Task<UpgradeResult> MoveToAsync(int revision, Action<RevisionStep> done, CancellationToken cancellationToken = default)
    {
        TableWatch tables = new(database);
        try
        {
            UpgradeResult result = await migrator.MigrateToAsync("", RevisionAttribute.VersionOf(revision), tables, cancellationToken);
            Tell(result.Migrations, tables, done);
            return result;
        }
        catch (UpgradeFailedException failure) when (!failure.IsRestored)
        {
            Tell(failure.Applied, tables, done);
            throw;
        }
    }

    /// <summary>Goes to a revision and returns each step as it is done. Rows to try the history with come right after their revisions.</summary>
    /// <exception cref="SeedRefusedException">They don't fit.</exception>
    public async IAsyncEnumerable<RevisionStep> StepToAsync(
        int revision, bool seed, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        List<RevisionStep> steps = [];
        foreach (int next in Way(revision))
        {
            steps.Clear();
            await MoveToAsync(next, steps.Add, cancellationToken);
            foreach (RevisionStep step in steps)
            {
                yield return seed && step.IsUp && SeedRows.After(next) is { } rows ? Seed(step, rows) : step;
            }
        }
    }

    private static void Tell(IReadOnlyList<MigrationResult> migrations, TableWatch tables, Action<RevisionStep> done)
    {
        for (int i = 0; i < migrations.Count; i++)
        {
            (IReadOnlyList<string> before, IReadOnlyList<string> after) = tables.Around(i);
            MigrationResult migration = migrations[i];
            done(new(
                History.Revisions[RevisionAttribute.NumberOf(migration.Migration.Version)],
                migration.IsUp,
                [.. after.Except(before)],
                [.. before.Except(after)],
                migration.Alterations,
                Seeded: false,
                migration.Duration));
        }
    }

    // Where the database can't be upgraded the one revision asked for is enough to be told why.
    private IReadOnlyList<int> Way(int revision)
    {
        DatabaseStatus status = migrator.GetStatus();
        if (!status.CanUpgrade)
        {
            return [revision];
        }

        int[] pending = [.. status.Modules[0].Pending.Select(Number).Where(number => number <= revision)];
        int[] applied = [.. status.Modules[0].Applied.Select(Number).Where(number => number > revision)];
        return [.. applied.Reverse().Select(number => number - 1), .. pending];

        static int Number(MigrationIdentity migration) => RevisionAttribute.NumberOf(migration.Version);
    }

    private RevisionStep Seed(RevisionStep step, string rows)
    {
        try
        {
            database.Execute(rows);
            return step with { Seeded = true };
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SQLitePCL.raw.SQLITE_CONSTRAINT)
        {
            throw new SeedRefusedException(
                $"The database is at revision {step.Revision.Number}, but the test rows of it don't fit ({exception.Message}): "
                + "start from a new file, or leave out --seed.",
                exception);
        }
    }
}
