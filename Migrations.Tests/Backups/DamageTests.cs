using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Backups;

/// <summary>What is damaged, and what only looks so.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class DamageTests
{
    public static IEnumerable<TestCaseData> Damages =>
    [
        new TestCaseData((Action<string>)Corrupt, DatabaseProblem.Damaged).SetArgDisplayNames("corrupt page"),
        new TestCaseData((Action<string>)Truncate, DatabaseProblem.Damaged).SetArgDisplayNames("truncated"),
        new TestCaseData((Action<string>)(path => File.WriteAllText(path, new string('x', 5000))), DatabaseProblem.NotADatabase).SetArgDisplayNames("text"),
    ];

    [TestCaseSource(nameof(Damages))]
    public void Make_of_a_damaged_database_says_so_and_leaves_it_as_it_is(Action<string> damage, DatabaseProblem problem)
    {
        using BackedUp database = new();
        damage(database.Path);
        byte[] before = File.ReadAllBytes(database.Path);

        DatabaseUnusableException? e = Assert.Throws<DatabaseUnusableException>(() => database.Make());

        Assert.That(e?.Problem, Is.EqualTo(problem));
        Assert.That(e?.Message, Does.Contain(database.Path));
        Assert.That(File.ReadAllBytes(database.Path), Is.EqualTo(before));
        Assert.That(database.Backups.List(), Is.Empty);
        Assert.That(database.Files, Has.None.Contains(".partial"));
    }

    [Test]
    public void Make_of_a_corrupt_page_says_that_it_was_damaged_before_and_what_is_wrong()
    {
        using BackedUp database = new();
        Corrupt(database.Path);

        Assert.That(() => database.Make(), Throws.TypeOf<DatabaseUnusableException>().With.Message.Contains("was damaged before").And.Message.Contains("age 3"));
    }

    [Test]
    public void Make_of_a_good_database_onto_a_bad_drive_blames_the_drive()
    {
        using BackedUp database = new();
        int opened = 0;
        database.Options.ConnectionOpened = connection =>
        {
            // As if the drive gave back something else than was written: between writing the copy and checking it.
            if (connection.DataSource.EndsWith(".partial", StringComparison.Ordinal) && ++opened == 2)
            {
                Corrupt(connection.DataSource);
            }
        };

        Assert.That(() => database.Make(), Throws.TypeOf<BackupFailedException>().With.Message.Contains("may be failing"));
        Assert.That(database.Files, Is.EqualTo(new[] { "test.db" }));
    }

    [Test]
    public void Make_of_rows_that_break_constraints_is_no_damage()
    {
        using BackedUp database = new(sql: """
            CREATE TABLE t(a CHECK (a > 0), b);
            CREATE TABLE s(a INTEGER) STRICT;
            INSERT INTO t VALUES (1, NULL);
            INSERT INTO s VALUES (1);
            PRAGMA ignore_check_constraints = ON;
            UPDATE t SET a = -1;
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = 'CREATE TABLE t(a CHECK (a > 0), b NOT NULL)' WHERE name = 't';
            UPDATE sqlite_schema SET sql = 'CREATE TABLE s(a TEXT) STRICT' WHERE name = 's';
            """);
        using (SqliteConnection connection = database.Open())
        {
            Assert.That(connection.Rows("PRAGMA quick_check"), Has.Count.GreaterThanOrEqualTo(2), "SQLite's own check complains");
        }

        DatabaseBackup backup = database.Make();

        Assert.That(database.Log.Lines, Has.Some.Contains("NULL value in t.b"));
        using SqliteConnection copy = database.Open(backup.Path);
        Assert.That(copy.Scalar<long>("SELECT a FROM t"), Is.EqualTo(-1));
    }

    [Test]
    public void Make_without_the_collations_and_functions_of_the_application_names_the_tables_it_could_not_check()
    {
        using BackedUp database = new(sql: "");
        Prepare(database.Path);

        DatabaseBackup backup = database.Make();

        Assert.That(database.Log.Lines, Has.Some.Contains("\"collated\"").And.Some.Contains("ConnectionOpened"));
        using SqliteConnection copy = database.Open(backup.Path);
        Register(copy);
        Assert.That(copy.Scalar<string>("PRAGMA integrity_check"), Is.EqualTo("ok"));
    }

    [Test]
    public void Make_without_the_collations_of_the_application_still_finds_damage_elsewhere()
    {
        using BackedUp database = new();
        Prepare(database.Path);
        Corrupt(database.Path);

        Assert.That(() => database.Make(), Throws.TypeOf<DatabaseUnusableException>().With.Property("Problem").EqualTo(DatabaseProblem.Damaged));
    }

    [Test]
    public void Make_with_the_collations_and_functions_of_the_application_checks_everything()
    {
        using BackedUp database = new(sql: "");
        Prepare(database.Path);
        database.Options.ConnectionOpened = Register;

        database.Make();

        Assert.That(database.Log.Lines, Has.None.Contains("ConnectionOpened"));
    }

    internal static void Corrupt(string path)
    {
        // Page 3 is the first one of a table's or an index's rows.
        byte[] noise = new byte[200];
        Array.Fill(noise, (byte)0xfe);
        BackedUp.Overwrite(path, 2 * 4096, noise);
    }

    internal static void Truncate(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Write);
        stream.SetLength(3 * 4096);
    }

    private static void Prepare(string path)
    {
        using SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        Register(connection);
        connection.Execute("""
            CREATE TABLE collated(a TEXT COLLATE mine PRIMARY KEY, b) WITHOUT ROWID;
            CREATE TABLE computed(a CHECK (mine(a) > 0), b AS (mine(a)));
            CREATE INDEX partly ON computed(b) WHERE mine(a) > 1;
            INSERT INTO collated VALUES ('a', 1), ('b', 2);
            INSERT INTO computed VALUES (1), (2);
            """);
    }

    private static void Register(SqliteConnection connection)
    {
        connection.CreateCollation("mine", string.CompareOrdinal);
        connection.CreateFunction("mine", (long value) => value, isDeterministic: true);
    }
}
