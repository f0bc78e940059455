using System.Reflection;
using Microsoft.Data.Sqlite;
using Migrations.Core.Authoring;
using Migrations.Runner;
using Migrations.Runner.Backup;
using Migrations.Runner.Rehearsal;
using Migrations.Runner.Verification;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Rehearsal;

[Parallelizable(ParallelScope.All)]
internal sealed class RehearsalTests
{
    private const string Tables = """
        CREATE TABLE "user" (id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT NOT NULL COLLATE NOCASE, note TEXT, score REAL);
        CREATE TABLE pair (a TEXT, b INTEGER, data BLOB, PRIMARY KEY (a, b)) WITHOUT ROWID;
        CREATE TABLE loose (x, y);
        """;

    private const string Rows = """
        INSERT INTO "user" (email, note, score) VALUES ('Ada@example.org', 'calls', 0.1), ('bob@example.org', NULL, 1e300), ('eve@example.org', 'x', -2.5);
        INSERT INTO pair VALUES ('a', 1, x'00ff'), ('a', 2, zeroblob(5000)), ('b', 1, NULL);
        INSERT INTO loose VALUES (1, 'one'), (1, 'one'), (2, NULL), ('2', x'01');
        """;

    private static readonly EmittedStep First = EmittedStep.Sql(1, Tables, "DROP TABLE \"user\"; DROP TABLE pair; DROP TABLE loose");

    [Test]
    public void Rehearsal_leaves_the_database_its_log_and_its_folder_as_they_were([Values] JournalMode journal, [Values] bool isInUse)
    {
        using RehearsalFile file = Prepared(journal);
        using SqliteConnection? other = isInUse ? file.Live.Open() : null;
        other?.Execute("INSERT INTO loose VALUES (3, 'three')");
        IReadOnlyList<(string Name, byte[] Content)> before = Lasting(file);

        RehearsalResult result = file.Rehearse(EmittedAssembly.Of(First, Added, Batch));

        Assert.That(result.IsClean, Is.True);
        Assert.That(result.Migrations.Select(migration => migration.Up.Migration.Version), Is.EqualTo([2, 3]));
        Assert.That(result.Migrations.Select(migration => (migration.Down > TimeSpan.Zero, migration.UpAgain > TimeSpan.Zero)), Is.All.EqualTo((true, true)));
        Assert.That(result.Migrations[1].Rows, Is.EqualTo(3));
        Assert.That((result.From[0].Version, result.To[0].Version), Is.EqualTo((1L, 3L)));
        Assert.That(Lasting(file), Is.EqualTo(before));
        file.Execute("PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE; COMMIT");
        file.AssertNoCopies();
    }

    [Test]
    public void Database_with_a_log_may_be_written_while_it_is_copied()
    {
        using RehearsalFile file = Prepared(JournalMode.Wal);
        using SqliteConnection writer = file.Live.Open();
        long written = 0;

        RehearsalResult result = file.Rehearse(
            EmittedAssembly.Of(First, Added),
            progress =>
            {
                if (progress is { Phase: UpgradePhase.BackingUp, Done: not null })
                {
                    writer.Execute("INSERT INTO loose VALUES ('during', NULL)");
                    written++;
                }
            },
            copying: new() { PagesPerStep = 2 },
            keeps: true);

        Assert.That(written, Is.GreaterThan(1));
        Assert.That(result.IsClean, Is.True);
        Assert.That(writer.Scalar<long>("SELECT count(*) FROM loose WHERE x = 'during'"), Is.EqualTo(written));
        using SqliteConnection copy = Open(result.Kept);
        Assert.That(copy.Scalar<long>("SELECT count(*) FROM loose WHERE x = 'during'"), Is.Zero);
    }

    [Test]
    public void Database_with_a_rollback_journal_may_be_read_while_it_is_copied_and_written_right_after()
    {
        using RehearsalFile file = Prepared(JournalMode.Delete);
        using SqliteConnection other = file.Live.Open();
        bool isWritten = false;

        file.Rehearse(
            EmittedAssembly.Of(First, Added),
            progress =>
            {
                Assert.That(other.Scalar<long>("SELECT count(*) FROM loose"), Is.GreaterThanOrEqualTo(4));
                if (progress.Migration is not null && !isWritten)
                {
                    other.Execute("PRAGMA busy_timeout = 0; INSERT INTO loose VALUES (4, NULL)");
                    isWritten = true;
                }
            });

        Assert.That(isWritten, Is.True);
    }

    [Test]
    public void Migration_that_fails_is_named_with_its_statement_and_its_error()
    {
        using RehearsalFile file = Prepared();
        DatabaseSnapshot before = file.Live.Snapshot();

        UpgradeFailedException error = Assert.Throws<UpgradeFailedException>(
            () => file.Rehearse(EmittedAssembly.Of(First, Added, EmittedStep.Sql(3, "INSERT INTO \"user\" (email) VALUES (NULL)", "SELECT 1"))))!;

        Assert.That(error.Message, Does.Contain($"a copy of \"{file.Path}\" failed in migration 3").And.Contain("NOT NULL constraint failed").And.Contain("was not touched"));
        Assert.That(error.Failed!.Version, Is.EqualTo(3));
        Assert.That(error.Statement, Does.Contain("INSERT INTO \"user\""));
        Assert.That(error.Applied.Select(applied => applied.Migration.Version), Is.EqualTo([2]));
        file.Live.Snapshot().AssertSameAs(before);
        file.AssertNoCopies();
    }

    [Test]
    public void Migration_without_a_way_down_is_told_and_those_around_it_are_rehearsed()
    {
        using RehearsalFile file = Prepared();

        RehearsalResult result = file.Rehearse(EmittedAssembly.Of(First, Added, EmittedStep.Sql(3, "CREATE TABLE t3 (a)"), EmittedStep.Sql(4, "CREATE TABLE t4 (a)", "DROP TABLE t4")));

        Assert.That(RehearsalFile.FindingsOf(result, 3), Is.EqualTo(["(Irreversible: This migration has no way down.)"]));
        Assert.That(result.Migrations.Select(migration => migration.Down is null), Is.EqualTo([false, true, false]));
        Assert.That(result.IsClean, Is.True);
    }

    [Test]
    public void Down_that_fails_is_found_and_the_next_migration_is_rehearsed()
    {
        using RehearsalFile file = Prepared();

        RehearsalResult result = file.Rehearse(EmittedAssembly.Of(First, EmittedStep.Sql(2, "CREATE TABLE t2 (a)", "DROP TABLE nosuch"), EmittedStep.Sql(3, "CREATE TABLE t3 (a)", "DROP TABLE t3")));

        string[] found = [.. RehearsalFile.FindingsOf(result, 2)];
        Assert.That(found[0], Does.StartWith("DownFails: ").And.Contain("no such table"));
        Assert.That(found[1], Is.EqualTo("DownFails: Statement: DROP TABLE nosuch"));
        Assert.That(RehearsalFile.FindingsOf(result, 3), Is.Empty);
        Assert.That(result.IsClean, Is.False);
    }

    [Test]
    public void Down_that_gives_back_another_schema_is_shown_line_by_line()
    {
        using RehearsalFile file = Prepared();

        RehearsalResult result = file.Rehearse(EmittedAssembly.Of(
            First,
            EmittedStep.Sql(2, "CREATE INDEX by_note ON \"user\" (note)", "SELECT 1"),
            EmittedStep.Sql(3, "ALTER TABLE loose ADD COLUMN z", "ALTER TABLE loose DROP COLUMN z; ALTER TABLE loose ADD COLUMN zz TEXT")));

        Assert.That(RehearsalFile.FindingsOf(result, 2).First(), Is.EqualTo("SchemaAfterDown: index \"by_note\": not expected"));
        Assert.That(RehearsalFile.FindingsOf(result, 2).Last(), Does.StartWith("UpAgainFails: Statement: CREATE INDEX by_note"));
        Assert.That(
            RehearsalFile.FindingsOf(result, 3).Where(line => line.StartsWith("SchemaAfterDown", StringComparison.Ordinal)),
            Is.EqualTo([
                "SchemaAfterDown: column \"loose\".\"zz\": not expected",
                "SchemaAfterDown:   CREATE TABLE loose (",
                "SchemaAfterDown:       x,",
                "SchemaAfterDown:       y,",
                "SchemaAfterDown: +     zz TEXT",
                "SchemaAfterDown:   )",
            ]));
        Assert.That(result.IsClean, Is.False);
    }

    [TestCase(null)]
    [TestCase("nobody reads notes")]
    public void Data_that_Down_does_not_give_back_is_counted_and_expected_where_the_migration_says_so(string? reason)
    {
        using RehearsalFile file = Prepared();
        EmittedStep lossy = new(
            2,
            m => m.Execute.Sql("UPDATE \"user\" SET note = NULL; DELETE FROM pair WHERE b = 2; UPDATE loose SET y = 'same'"),
            m => m.Execute.Sql("INSERT INTO pair VALUES ('c', 9, NULL)"),
            LosesData: reason);

        RehearsalResult result = file.Rehearse(EmittedAssembly.Of(First, lossy));

        string[] lines =
        [
            "column \"loose\".\"y\": 4 of 4 values differ after Down, such as 'same' instead of 'one' where rowid 1",
            "table \"pair\": 1 of 3 rows is gone after Down",
            "table \"pair\": 1 of 3 rows is new after Down",
            "column \"user\".\"note\": 2 of 3 values differ after Down, such as NULL instead of 'calls' where id 1",
        ];
        Assert.That(
            result.Migrations[0].Findings.First(finding => finding.Kind == RehearsalFindingKind.RowsAfterDown).Lines, Is.EqualTo(lines));
        Assert.That(result.Migrations[0].Findings.Select(finding => finding.IsExpected), Is.All.EqualTo(reason is not null));
        Assert.That(result.Migrations[0].Loses, Is.EqualTo(reason));
        Assert.That(result.IsClean, Is.EqualTo(reason is not null));
    }

    [Test]
    public void Up_that_makes_something_else_the_second_time_is_found()
    {
        using RehearsalFile file = Prepared();

        RehearsalResult result = file.Rehearse(EmittedAssembly.Of(
            First, EmittedStep.Sql(2, "CREATE TABLE token (id INTEGER PRIMARY KEY, value); INSERT INTO token VALUES (1, hex(randomblob(20)))", "DROP TABLE token")));

        Assert.That(RehearsalFile.FindingsOf(result, 2).Single(), Does.StartWith("RowsAfterUpAgain: column \"token\".\"value\": 1 of 1 value differs after Up again"));
    }

    [Test]
    public void What_the_upgrade_makes_wrong_is_told_apart_from_what_was_wrong_before()
    {
        using RehearsalFile file = Prepared();
        file.Execute("CREATE VIEW old AS SELECT nosuch FROM \"user\"");

        RehearsalResult result = file.Rehearse(EmittedAssembly.Of(First, EmittedStep.Sql(2, "CREATE VIEW new AS SELECT nosuch FROM pair", "DROP VIEW new")));

        Assert.That(result.NewFindings.Select(finding => (finding.Kind, finding.Text)), Is.EqualTo([(FindingKind.Compilation, "SELECT on \"new\": no such column: nosuch")]));
        Assert.That(result.OldFindings.Select(finding => finding.Kind), Is.EqualTo([FindingKind.Compilation, FindingKind.Drift]));
        Assert.That(result.IsClean, Is.False);
    }

    [Test]
    public void Nothing_pending_still_checks_the_copy()
    {
        using RehearsalFile file = Prepared();
        file.Execute("CREATE TABLE stray (a)");

        RehearsalResult result = file.Rehearse(EmittedAssembly.Of(First));

        Assert.That(result.Migrations, Is.Empty);
        Assert.That(result.OldFindings.Single().Text, Does.StartWith("table \"stray\": not expected"));
    }

    [Test]
    public void Kept_copy_is_the_upgraded_one_and_the_only_one()
    {
        using RehearsalFile file = Prepared();

        RehearsalResult result = file.Rehearse(EmittedAssembly.Of(First, Added, Batch), keeps: true);

        Assert.That(Directory.EnumerateFiles(file.Copies, "*.db", SearchOption.AllDirectories), Is.EqualTo([result.Kept]));
        using SqliteConnection copy = Open(result.Kept);
        Assert.That(copy.Scalar<long>("SELECT max(Version) FROM VersionInfo"), Is.EqualTo(3));
    }

    [Test]
    public void Too_little_room_is_found_before_anything_is_copied()
    {
        using RehearsalFile file = Prepared();

        Assert.That(
            () => file.Rehearse(EmittedAssembly.Of(First, Added), copying: new() { Drives = _ => new DriveSpace("disk", 1000) }),
            Throws.TypeOf<DatabaseUnusableException>().With.Property(nameof(DatabaseUnusableException.Problem)).EqualTo(DatabaseProblem.DiskFull)
                .And.Message.Contain("--folder"));
        file.AssertNoCopies();
    }

    [TestCase("ATTACH '{0}' AS other; CREATE TABLE other.t (a)")]
    [TestCase("VACUUM INTO '{0}'")]
    public void Migration_that_works_on_another_file_is_kept_from_it(string sql)
    {
        using RehearsalFile file = Prepared();
        string other = System.IO.Path.Combine(file.Live.Folder, "other.db");
        string up = string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, other.Replace("'", "''", StringComparison.Ordinal));
        EmittedStep step = EmittedStep.Sql(2, up) with { Behaviour = FluentMigrator.TransactionBehavior.None };

        Assert.That(
            () => file.Rehearse(EmittedAssembly.Of(First, step)),
            Throws.TypeOf<MigrationRefusedException>().With.Message.Contain("works on another file"));
        Assert.That(System.IO.File.Exists(other), Is.False);
        file.AssertNoCopies();
    }

    [Test]
    public void Vacuum_works_on_no_other_file()
    {
        using RehearsalFile file = Prepared();
        EmittedStep step = EmittedStep.Sql(2, "VACUUM", "VACUUM") with { Behaviour = FluentMigrator.TransactionBehavior.None };

        Assert.That(file.Rehearse(EmittedAssembly.Of(First, step)).IsClean, Is.True);
    }

    private static EmittedStep Added => EmittedStep.Sql(2, "ALTER TABLE loose ADD COLUMN z DEFAULT 7", "ALTER TABLE loose DROP COLUMN z");

    private static EmittedStep Batch => new(
        3,
        migration => migration.Alter.TableBatch("user", batch => batch.AddCheck("ck", "id > 0"), new() { Mode = Core.RebuildMode.AlwaysCopy }),
        migration => migration.Alter.TableBatch("user", batch => batch.DropCheck("ck"), new() { Mode = Core.RebuildMode.AlwaysCopy }));

    private static RehearsalFile Prepared(JournalMode journal = JournalMode.Wal)
    {
        RehearsalFile file = new(journal);
        Assembly first = EmittedAssembly.Of(First);
        using (DatabaseMigrator migrator = file.Live.Migrator(first))
        {
            migrator.UpgradeAsync().GetAwaiter().GetResult();
        }

        file.Execute(Rows);
        return file;
    }

    // The index of the log is shared memory in a file, and not a state of the database.
    private static List<(string Name, byte[] Content)> Lasting(RehearsalFile file) =>
        [.. file.Files.Where(one => !one.Name.EndsWith("-shm", StringComparison.Ordinal))];

    private static SqliteConnection Open(string? path)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
