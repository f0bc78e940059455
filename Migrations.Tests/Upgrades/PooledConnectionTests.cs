using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Upgrades;

/// <summary>The application's own pooled connections are not touched, and no handle stays (hazards 6 and 88).</summary>
internal sealed class PooledConnectionTests
{
    private static MigrationAssembly First => new MigrationAssembly().Add(
        1,
        """
        CREATE TABLE parent(id INTEGER PRIMARY KEY, a TEXT);
        CREATE TABLE child(id INTEGER PRIMARY KEY, p INTEGER REFERENCES parent ON DELETE CASCADE);
        INSERT INTO parent(a) VALUES ('1'), ('2');
        INSERT INTO child(p) VALUES (1), (2);
        """);

    [Test]
    public async Task UpgradeAsync_leavesAPooledConnectionAndTheFileAlone([Values("succeeds", "fails", "is cancelled")] string outcome, [Values] JournalMode journal)
    {
        using UpgradeFile file = new();
        await file.UpgradeAsync(First);
        file.Execute($"PRAGMA journal_mode = {journal}");
        using SqliteConnection pooled = new(file.ConnectionString);
        pooled.Open();
        pooled.Execute("PRAGMA recursive_triggers = ON; PRAGMA cache_size = -1234; PRAGMA synchronous = NORMAL; CREATE TEMP TABLE own(a)");
        IReadOnlyList<string> before = Settings(pooled);
        pooled.Close();
        using CancellationTokenSource source = new();
        await using (DatabaseMigrator migrator = file.Migrator(Next(outcome, source).Build()))
        {
            Task<UpgradeResult> upgrade = migrator.UpgradeAsync(source.Token);
            switch (outcome)
            {
                case "fails":
                    await Assert.ThrowsAsync<UpgradeFailedException>(() => upgrade);
                    break;
                case "is cancelled":
                    await Assert.CatchAsync<OperationCanceledException>(() => upgrade);
                    break;
                default:
                    await upgrade;
                    break;
            }
        }

        pooled.Open();
        Assert.That(Settings(pooled), Is.EqualTo(before));
        Assert.That(pooled.Scalar<long>("SELECT count(*) FROM own"), Is.Zero, "The pool gave another connection.");
        pooled.Close();
        using (SqliteConnection another = new(file.ConnectionString))
        {
            another.Open();
            Integrity.Check(another);
        }

        SqliteConnection.ClearPool(pooled);
        Assert.That(OpenFiles.Under(file.Folder), Is.Empty);
        Assert.That(file.Files, Has.None.EndsWith("-wal").And.None.EndsWith("-shm").And.None.EndsWith("-journal"));
        File.Move(file.Path, file.Path + ".moved");
        File.Delete(file.Path + ".moved");
    }

    private static MigrationAssembly Next(string outcome, CancellationTokenSource source) => First
        .Add(2, migration => migration.Alter.Column("a").OnTable("parent").AsInt32().Nullable())
        .Add(3, migration =>
        {
            migration.Alter.Column("a").OnTable("parent").AsString(20).NotNullable();
            migration.Execute.WithConnection((_, _) =>
            {
                switch (outcome)
                {
                    case "fails":
                        throw new InvalidOperationException("on purpose");
                    case "is cancelled":
                        source.Cancel();
                        break;
                }
            });
            migration.Execute.Sql("UPDATE child SET p = p");
        });

    private static IReadOnlyList<string> Settings(SqliteConnection connection) =>
    [
        .. ((string[])["foreign_keys", "recursive_triggers", "cache_size", "synchronous", "legacy_alter_table", "ignore_check_constraints", "writable_schema", "defer_foreign_keys", "query_only", "busy_timeout"])
            .Select(pragma => $"{pragma} {connection.Scalar<long>($"PRAGMA {pragma}")}"),
    ];
}
