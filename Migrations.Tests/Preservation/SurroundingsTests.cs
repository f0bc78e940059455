using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Changes;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Preservation;

/// <summary>What surrounds a table on a connection: pragmas, temporary objects, other databases, functions, readers, the pool.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class SurroundingsTests
{
    private const string Sql = """
        CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, b INT CHECK (t.b > 0));
        CREATE TABLE child(t_id INT REFERENCES t(id) ON DELETE CASCADE);
        CREATE VIEW v AS SELECT a FROM t;
        INSERT INTO t VALUES (1, 'x', 1), (2, 'y', 2);
        INSERT INTO child VALUES (1), (2), (2);
        """;

    private static readonly AlterationOptions Copy = new() { Mode = RebuildMode.AlwaysCopy };

    private static readonly TableChange[] NotNull = [new SetNullability("a", false)];

    [Test]
    public void Pragmas_are_what_they_were_after_success_and_failure(
        [Values] bool foreignKeys, [Values] bool legacyAlter, [Values] bool ignoreChecks, [Values] bool recursiveTriggers, [Values] bool fails)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Sql);
        database.Execute($"""
            PRAGMA foreign_keys = {foreignKeys};
            PRAGMA legacy_alter_table = {legacyAlter};
            PRAGMA ignore_check_constraints = {ignoreChecks};
            PRAGMA recursive_triggers = {recursiveTriggers};
            """);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        if (fails)
        {
            database.Execute("INSERT INTO t VALUES (3, NULL, 3)");
            Assert.Throws<RowsRefusedException>(() => TableAlterer.Alter(database.Connection, "t", NotNull, Copy));
        }
        else
        {
            TableAlterer.Alter(database.Connection, "t", NotNull, Copy);
        }

        Assert.That(DatabaseSnapshot.Of(database.Connection).Pragmas, Is.EqualTo(before.Pragmas));
    }

    [Test]
    public void Checks_hold_while_rows_are_copied_though_the_connection_ignores_them()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Sql).Execute("PRAGMA ignore_check_constraints = ON; INSERT INTO t VALUES (3, 'z', -1)");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        // The row was there before: it is no business of an alteration that does not touch the check.
        TableAlterer.Alter(database.Connection, "t", NotNull, Copy);

        Assert.That(DatabaseSnapshot.Of(database.Connection).ExceptObjects("t").DifferencesFrom(before.ExceptObjects("t")), Is.Empty);
        Assert.That(database.Scalar<long>("SELECT count(*) FROM t"), Is.EqualTo(3));
    }

    [Test]
    public void Pooled_connection_is_clean_afterwards([Values] bool fails)
    {
        using TestDatabase database = TestDatabase.File().Execute(Sql);
        string pooled = new SqliteConnectionStringBuilder { DataSource = database.Path, Pooling = true, ForeignKeys = TestDatabase.EnforcesForeignKeys }.ToString();
        DatabaseSnapshot before;
        bool allowed;
        using (SqliteConnection connection = new(pooled))
        {
            connection.Open();
            before = DatabaseSnapshot.Of(connection);
            allowed = AllowsDoubleQuotedStrings(connection);
            if (fails)
            {
                connection.Execute("PRAGMA max_page_count = 1");
                Assert.Throws<AlterationFailedException>(() => TableAlterer.Alter(connection, "t", [new ConvertColumn("a", new SqlConversion("zeroblob(9000)"))], Copy));
                connection.Execute("PRAGMA max_page_count = 1073741823");
            }
            else
            {
                FunctionConversion conversion = new(value => value + "!");
                TableAlterer.Alter(connection, "t", [.. NotNull, new ConvertColumn("a", conversion)], Copy);
            }
        }

        using (SqliteConnection connection = new(pooled))
        {
            connection.Open();
            DatabaseSnapshot after = DatabaseSnapshot.Of(connection);
            Assert.That(after.Pragmas, Is.EqualTo(before.Pragmas));
            Assert.That(after.Temporary, Is.Empty);
            Assert.That(connection.Rows("SELECT name FROM pragma_function_list WHERE name LIKE 'migrations%'"), Is.Empty);
            Assert.That(AllowsDoubleQuotedStrings(connection), Is.EqualTo(allowed));
            connection.Execute("DELETE FROM t WHERE id = 2");
            Assert.That(connection.Scalar<long>("SELECT count(*) FROM child"), Is.EqualTo(1), "foreign keys are enforced");
            SqliteConnection.ClearPool(connection);
        }
    }

    [Test]
    public void Temporary_table_of_the_same_name_is_left_alone()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Sql);
        database.Execute("CREATE TEMP TABLE t(id INTEGER PRIMARY KEY, other TEXT); INSERT INTO temp.t VALUES (9, 'temporary'); CREATE TEMP TABLE new_t(x); INSERT INTO new_t VALUES (1)");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        TableAlterer.Alter(database.Connection, "t", NotNull, Copy);

        DatabaseSnapshot.Of(database.Connection).ExceptObjects("t").AssertSameAs(before.ExceptObjects("t"));
        Assert.That(database.Rows("SELECT * FROM temp.t").Single(), Is.EqualTo(new object[] { 9L, "temporary" }));
        Assert.That(database.Rows("SELECT * FROM temp.new_t").Single(), Is.EqualTo(new object[] { 1L }));
        Assert.That(database.Rows("SELECT id, a, b FROM main.t").Select(row => row[1]), Is.EqualTo(new[] { "x", "y" }));
        Assert.That(() => database.Execute("INSERT INTO main.t(a) VALUES (NULL)"), Throws.InstanceOf<SqliteException>());
    }

    [Test]
    public void Temporary_triggers_and_views_on_the_table_stay()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Sql);
        database.Execute("""
            CREATE TEMP TABLE heard(what);
            CREATE TEMP VIEW tv(x) AS SELECT main.t.a FROM main.t;
            CREATE TEMP TRIGGER first AFTER INSERT ON main.t BEGIN INSERT INTO heard VALUES ('first ' || new.id); END;
            CREATE TEMP TRIGGER second AFTER INSERT ON t BEGIN INSERT INTO heard VALUES ('second ' || new.id); END;
            CREATE TEMP TRIGGER on_view INSTEAD OF INSERT ON tv BEGIN INSERT INTO t(a, b) VALUES (new.x, 1); END;
            """);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        Probe uses = new("uses", "INSERT INTO t VALUES (7, 'z', 7)", "INSERT INTO tv VALUES ('through the view')", "SELECT what FROM heard");
        string outcome = uses.Run(database.Connection);

        TableAlterer.Alter(database.Connection, "t", NotNull, Copy);

        DatabaseSnapshot.Of(database.Connection).ExceptObjects("t").AssertSameAs(before.ExceptObjects("t"));
        Assert.That(outcome, Does.Contain("'first 7'").And.Contain("'second 8'"));
        Assert.That(uses.Run(database.Connection), Is.EqualTo(outcome));
    }

    [Test]
    public void Temporary_view_does_not_stand_in_the_way_of_a_rename()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Sql);
        database.Execute("CREATE TEMP VIEW tv AS SELECT a FROM main.t");

        TableAlterer.Alter(database.Connection, "t", [new RenameColumn("a", "named"), .. new TableChange[] { new SetNullability("named", false) }], new AlterationOptions());

        Assert.That(database.Rows("SELECT * FROM tv").Select(row => row[0]), Is.EqualTo(new[] { "x", "y" }));
    }

    [Test]
    public void Names_that_the_copy_might_take_are_left_alone()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Sql);
        string[] names = ["new_t", "t_new", "_t", "temp_t", "new_t_", "t_1", "NEW_T__"];
        foreach (string name in names)
        {
            database.Execute($"CREATE TABLE {name}(id INTEGER PRIMARY KEY, a TEXT, b INT); INSERT INTO {name} VALUES (5, 'mine', 5)");
        }

        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        TableAlterer.Alter(database.Connection, "t", NotNull, Copy);

        DatabaseSnapshot.Of(database.Connection).ExceptObjects("t").AssertSameAs(before.ExceptObjects("t"));
        Assert.That(database.Rows("SELECT a FROM t").Select(row => row[0]), Is.EqualTo(new[] { "x", "y" }));
    }

    [Test]
    public void Table_is_found_in_any_case_and_keeps_its_own()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE Users(Id INTEGER PRIMARY KEY, Name TEXT); INSERT INTO Users VALUES (1, 'x')");

        TableAlterer.Alter(database.Connection, "USERS", [new SetNullability("nAME", false)], Copy);

        Assert.That(database.Scalar<string>("SELECT name FROM sqlite_schema"), Is.EqualTo("Users"));
        Assert.That(database.Scalar<string>("SELECT sql FROM sqlite_schema"), Does.EndWith("(Id INTEGER PRIMARY KEY, Name TEXT NOT NULL)"));
    }

    [Test]
    public void Table_of_an_attached_database_is_not_sought_elsewhere()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Sql).Attach("other");
        database.Execute("CREATE TABLE other.only_there(a); INSERT INTO only_there VALUES (1)");

        Assert.Throws<AlterationRefusedException>(() => TableAlterer.Alter(database.Connection, "only_there", [new AddColumn("b")], new AlterationOptions()));
        Assert.Throws<AlterationRefusedException>(() => TableAlterer.Alter(database.Connection, "t", [new AddColumn("c")], new AlterationOptions { Database = "other" }));

        TableAlterer.Alter(database.Connection, "only_there", [new AddColumn("b")], new AlterationOptions { Database = "OTHER" });
        Assert.That(database.Rows("SELECT * FROM other.only_there").Single(), Has.Length.EqualTo(2));
    }

    [Test]
    public void Open_reader_stops_the_alteration_and_loses_nothing()
    {
        using TestDatabase database = TestDatabase.File().Execute(Sql);
        database.Connection.DefaultTimeout = 1;
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        using (SqliteCommand command = database.Connection.CreateCommand())
        {
            command.CommandText = "SELECT * FROM t";
            using SqliteDataReader reader = command.ExecuteReader();
            reader.Read();
            MigrationsException exception = Assert.Catch<MigrationsException>(() => TableAlterer.Alter(database.Connection, "t", NotNull, Copy))!; // Catch gives it
            Assert.That(exception.Message, Does.Contain("reader"));
        }

        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
        TableAlterer.Alter(database.Connection, "t", NotNull, Copy);
    }

    [Test]
    public void Lock_of_another_connection_stops_the_alteration_and_loses_nothing()
    {
        using TestDatabase database = TestDatabase.File(JournalMode.Delete).Execute(Sql);
        database.Connection.DefaultTimeout = 1;
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        using (SqliteConnection another = database.OpenAnother())
        {
            another.Execute("BEGIN IMMEDIATE");
            MigrationsException exception = Assert.Catch<MigrationsException>(() => TableAlterer.Alter(database.Connection, "t", NotNull, Copy))!; // Catch gives it
            Assert.That(exception.Message, Does.Contain("locked"));
        }

        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
        TableAlterer.Alter(database.Connection, "t", NotNull, Copy);
    }

    [Test]
    public void Functions_and_collations_of_the_application_are_used_where_they_are_known()
    {
        using TestDatabase database = TestDatabase.InMemory();
        Register(database.Connection);
        database.Execute(WithFunctions);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        TableAlterer.Alter(database.Connection, "t", NotNull, Copy);

        DatabaseSnapshot.Of(database.Connection).ExceptObjects("t").AssertSameAs(before.ExceptObjects("t"));
        Integrity.Check(database.Connection);
    }

    [TestCase("t")]
    [TestCase("unrelated")]
    public void Functions_and_collations_that_are_missing_are_named_or_not_needed(string table)
    {
        using TestDatabase database = TestDatabase.File();
        Register(database.Connection);
        database.Execute(WithFunctions).Execute("CREATE TABLE unrelated(id INTEGER PRIMARY KEY, a TEXT); INSERT INTO unrelated VALUES (1, 'x')");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        using (SqliteConnection stranger = database.OpenAnother())
        {
            try
            {
                TableAlterer.Alter(stranger, table, NotNull, Copy);
                Assert.That(table, Is.EqualTo("unrelated"), "the table's rows can't be copied without them");
                before = before.WithSchema(row => row.Name == table
                    ? row with { Sql = row.Sql!.Replace("a TEXT", "a TEXT NOT NULL", StringComparison.Ordinal) } // a table has text
                    : row);
            }
            catch (MigrationsException exception)
            {
                Assert.That(exception.Message, Does.Contain("BACKWARDS").Or.Contain("half"));
            }
        }

        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
        Integrity.Check(database.Connection);
    }

    private const string WithFunctions = """
        CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT COLLATE BACKWARDS, b INT CHECK (half(b) >= 0), c AS (half(b)));
        CREATE INDEX i ON t(a COLLATE BACKWARDS DESC);
        CREATE INDEX j ON t(half(b)) WHERE half(b) > 1;
        INSERT INTO t(id, a, b) VALUES (1, 'ab', 4), (2, 'ba', 8);
        """;

    private static void Register(SqliteConnection connection)
    {
        connection.CreateFunction("half", (long? value) => value / 2, isDeterministic: true);
        connection.CreateCollation("BACKWARDS", (left, right) => string.CompareOrdinal(right, left));
    }

    private static bool AllowsDoubleQuotedStrings(SqliteConnection connection)
    {
        try
        {
            return connection.Rows("SELECT \"no such column\"").Count == 1;
        }
        catch (SqliteException)
        {
            return false;
        }
    }
}
