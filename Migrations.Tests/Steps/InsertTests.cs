using System.Dynamic;
using Microsoft.Data.Sqlite;
using Migrations.Testing;
using Migrations.Tests.Support;
using NUnit.Framework;
using static Migrations.Tests.Steps.MailSteps;

namespace Migrations.Tests.Steps;

/// <summary>Objects as rows.</summary>
public sealed class InsertTests
{
    private enum State : byte
    {
        Open = 1,
        Closed = 2,
    }

    [Test]
    public void Insert_takes_objects_of_different_kinds_in_one_call()
    {
        using MigratedDatabase database = Database();
        dynamic expando = new ExpandoObject();
        expando.email = "expando";

        database.Insert(
            "user",
            new { email = "anonymous", quota = 5 },
            new Dictionary<string, object?> { ["email"] = "dictionary", ["quota"] = null, ["spam_threshold"] = 3 },
            new Account("record", 7),
            new AccountRow { EMAIL = "class" },
            (object)expando);

        Assert.That(database.Connection.Rows("SELECT email, quota, spam_threshold FROM user ORDER BY id"), Is.EqualTo(new object?[][]
        {
            ["anonymous", 5L, 10L],
            ["dictionary", null, 3L],
            ["record", null, 7L],
            ["class", null, 10L],
            ["expando", null, 10L],
        }));
    }

    [Test]
    public void Insert_takes_a_sequence_of_rows()
    {
        using MigratedDatabase database = Database();

        database.Insert("user", Enumerable.Range(1, 1000).Select(i => new { id = i * 2, email = $"{i}" }));

        Assert.That(database.Single<(long, long)>("SELECT count(*), sum(id) FROM user"), Is.EqualTo((1000L, 1001000L)));
    }

    [Test]
    public void Insert_of_an_empty_sequence_writes_nothing()
    {
        using MigratedDatabase database = Database();

        Assert.That(database.Insert("user", Enumerable.Empty<Account>()), Is.Zero);
        Assert.That(database.Single<int>("SELECT count(*) FROM user"), Is.Zero);
    }

    [Test]
    public void Insert_returns_the_rowid_of_the_last_row()
    {
        using MigratedDatabase database = Database();
        database.Execute("CREATE TABLE plain (a); CREATE VIEW v AS SELECT email FROM user; "
            + "CREATE TRIGGER tr INSTEAD OF INSERT ON v BEGIN INSERT INTO user (email) VALUES (new.email); END; CREATE TABLE once (a UNIQUE ON CONFLICT IGNORE)");

        Assert.That(database.Insert("user", new { email = "a" }, new { email = "b" }), Is.EqualTo(2));
        Assert.That(database.Insert("user", new { id = 70, email = "c" }), Is.EqualTo(70));
        Assert.That(database.Insert("PLAIN", new { rowid = -4, a = 1 }), Is.EqualTo(-4));
        Assert.That(database.Insert("fetch", new { user_id = 70, host = "x" }), Is.Zero, "WITHOUT ROWID");
        Assert.That(database.Insert("v", new { email = "d" }), Is.Zero, "A view");
        Assert.That(database.Insert("once", new { a = 1 }), Is.EqualTo(1));
        Assert.That(database.Insert("once", new { a = 1 }), Is.Zero, "Ignored");
        Assert.That(database.Query<string>("SELECT email FROM user ORDER BY id"), Is.EqualTo(["a", "b", "c", "d"]));
    }

    [Test]
    public void Values_are_stored_as_parameters_of_the_provider_store_them()
    {
        using MigratedDatabase database = Database();
        object[] values =
        [
            true, State.Closed, (sbyte)-1, (byte)1, (short)-2, (ushort)2, -3, 3u, long.MinValue, 5UL, 0.1f, 0.1, 1.50m, 'x', "text", new byte[] { 1, 0 }, Array.Empty<byte>(), "",
            new DateTime(2026, 1, 31, 13, 0, 0, 250), new DateTimeOffset(2026, 1, 31, 13, 0, 0, TimeSpan.FromHours(2)), new DateOnly(2026, 1, 31),
            new TimeOnly(13, 0, 1), new TimeSpan(1, 2, 3, 4), new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"), DBNull.Value,
        ];
        database.Execute("CREATE TABLE stored (n INTEGER PRIMARY KEY, ours, theirs)");
        foreach (object value in values)
        {
            long row = database.Insert("stored", new { ours = value });
            using SqliteCommand command = database.Connection.CreateCommand();
            command.CommandText = "UPDATE stored SET theirs = @value WHERE n = @n";
            command.Parameters.AddWithValue("@value", value);
            command.Parameters.AddWithValue("@n", row);
            command.ExecuteNonQuery();
        }

        Assert.That(
            database.Query<(long, string, string)>("SELECT n, typeof(ours) || ' ' || quote(ours), typeof(theirs) || ' ' || quote(theirs) FROM stored")
                .Where(row => row.Item2 != row.Item3),
            Is.Empty);
        Assert.That(database.Single<int>("SELECT count(*) FROM stored"), Is.EqualTo(values.Length));
        Assert.That(database.Single<double>("SELECT ours FROM stored WHERE n = 11"), Is.EqualTo((double)0.1f));
        Assert.That(
            database.Query<string>("SELECT quote(ours) FROM stored WHERE n IN (2, 13, 19, 24)"),
            Is.EqualTo(["2", "'1.5'", "'2026-01-31 13:00:00.25'", "'0F8FAD5B-D9CB-469F-A165-70867728950E'"]));
    }

    [Test]
    public void A_property_means_the_column_of_its_name_before_one_that_differs_by_underscores()
    {
        using MigratedDatabase database = Database();
        database.Execute("CREATE TABLE near (ab, a_b, c_d, \"e f\", _g_)");

        database.Insert("near", new { AB = 1, A_B = 2, CD = 3, g = 4 });

        Assert.That(database.Single<object?[]>("SELECT * FROM near"), Is.EqualTo(new object?[] { 1L, 2L, 3L, null, 4L }));
    }

    [Test]
    public void Names_with_quotes_and_words_of_SQL_are_names()
    {
        using MigratedDatabase database = Database();
        database.Execute("CREATE TABLE \"select \"\"x\"\"; --\" (\"order\", \"a\"\"b\")");

        database.Insert("select \"x\"; --", new Dictionary<string, object?> { ["order"] = 1, ["a\"b"] = 2 });

        Assert.That(database.Single<(int, int)>("SELECT * FROM \"select \"\"x\"\"; --\""), Is.EqualTo((1, 2)));
    }

    [Test]
    public void A_table_in_the_main_database_is_meant_where_a_temporary_one_has_its_name()
    {
        using MigratedDatabase database = Database();
        database.Execute("CREATE TEMP TABLE user (other)");

        database.Insert("user", new { email = "a" });

        Assert.That(database.Single<int>("SELECT count(*) FROM main.user"), Is.EqualTo(1));
    }

    [Test]
    public void A_row_that_is_refused_takes_the_others_of_its_call_back()
    {
        using MigratedDatabase database = Database();
        database.Insert("user", new { email = "before" });

        Assert.That(
            () => database.Insert("user", new { email = "a" }, new { email = "b", quota = 1.5m }, new { email = "a", quota = 2.5m }),
            Throws.TypeOf<SqliteException>().With.Property(nameof(SqliteException.SqliteExtendedErrorCode)).EqualTo(2067).And.Message.EqualTo(
                "SQLite Error 19: 'UNIQUE constraint failed: user.email'." + Environment.NewLine
                + "Row 3 of the call: email = 'a', quota = '2.5'. No row was inserted." + Environment.NewLine
                + "INSERT INTO main.\"user\" (\"email\", \"quota\") VALUES (?1, ?2)"));
        Assert.That(database.Query<string>("SELECT email FROM user"), Is.EqualTo(["before"]));
    }

    [Test]
    public void Constraints_and_foreign_keys_act_as_the_connection_has_them()
    {
        using MigratedDatabase database = Database();

        Assert.That(() => database.Insert("user", new { email = "a", quota = -1 }), Throws.InstanceOf<SqliteException>().With.Message.Contains("CHECK constraint failed"));
        Assert.That(() => database.Insert("user", new { quota = 1 }), Throws.InstanceOf<SqliteException>().With.Message.Contains("NOT NULL constraint failed"));
        database.Execute("PRAGMA foreign_keys = ON");
        Assert.That(() => database.Insert("fetch", new { user_id = 5, host = "x" }), Throws.InstanceOf<SqliteException>().With.Message.Contains("FOREIGN KEY constraint failed"));
        database.Execute("PRAGMA foreign_keys = OFF");
        database.Insert("fetch", new { user_id = 5, host = "x" });
        Assert.That(database.Single<int>("SELECT count(*) FROM fetch"), Is.EqualTo(1));
    }

    [Test]
    public void A_deferred_foreign_key_that_fails_at_the_end_takes_all_rows_back()
    {
        using MigratedDatabase database = Database();
        database.Execute("PRAGMA foreign_keys = ON; CREATE TABLE late (id INTEGER PRIMARY KEY, parent REFERENCES late DEFERRABLE INITIALLY DEFERRED)");

        database.Insert("late", new { id = 1, parent = 2 }, new { id = 2, parent = 1 });
        Assert.That(() => database.Insert("late", new { id = 3, parent = 4 }), Throws.InstanceOf<SqliteException>().With.Message.Contains("FOREIGN KEY constraint failed"));

        Assert.That(database.Query<int>("SELECT id FROM late ORDER BY id"), Is.EqualTo([1, 2]));
        Assert.That(() => database.Execute("BEGIN; COMMIT"), Throws.Nothing);
    }

    [Test]
    public void A_constraint_that_ends_the_transaction_is_the_error_that_is_seen()
    {
        using MigratedDatabase database = Database();
        database.Execute("CREATE TABLE hard (a UNIQUE ON CONFLICT ROLLBACK)");

        Assert.That(() => database.Insert("hard", new { a = 1 }, new { a = 1 }), Throws.InstanceOf<SqliteException>().With.Message.Contains("UNIQUE constraint failed"));
        Assert.That(database.Single<int>("SELECT count(*) FROM hard"), Is.Zero);
    }

    [Test]
    public void Rows_go_into_the_transaction_that_is_open()
    {
        using MigratedDatabase database = Database();
        using (SqliteTransaction transaction = database.Connection.BeginTransaction())
        {
            database.Insert("user", new { email = "a" });
            Assert.That(() => database.Insert("user", new { email = "b" }, new { email = "a" }), Throws.InstanceOf<SqliteException>());
            Assert.That(database.Query<string>("SELECT email FROM user"), Is.EqualTo(["a"]));
            transaction.Rollback();
        }

        Assert.That(database.Query<string>("SELECT email FROM user"), Is.Empty);
    }

    [Test]
    public void A_sequence_that_throws_takes_its_rows_back()
    {
        using MigratedDatabase database = Database();

        Assert.That(() => database.Insert("user", Rows()), Throws.InstanceOf<NotSupportedException>());
        Assert.That(database.Query<string>("SELECT email FROM user"), Is.Empty);

        static IEnumerable<object> Rows()
        {
            yield return new { email = "a" };
            throw new NotSupportedException();
        }
    }

    [Test]
    public void An_unknown_table_is_refused_with_those_that_are_there()
    {
        using MigratedDatabase database = MigratedDatabase.After<Fetches>(In(DatabaseStorage.Memory));

        Assert.That(() => database.Insert("users", new { email = "a" }), Throws.ArgumentException.With.Message.EqualTo(
            "There is no table \"users\" to insert into. The tables: \"VersionInfo\", \"__VersionHistory\", \"fetch\", \"user\"."));
    }

    [Test]
    public void An_unknown_column_is_refused_with_those_that_are_there_and_no_row_is_written()
    {
        using MigratedDatabase database = Database();

        Assert.That(() => database.Insert("user", new { email = "a" }, new { email = "b", threshold = 3 }), Throws.ArgumentException.With.Message.EqualTo(
            "\"user\" has no column for property \"threshold\" of row 2. Its columns: \"id\", \"email\", \"spam_threshold\", \"created\", \"quota\"."));
        Assert.That(database.Single<int>("SELECT count(*) FROM user"), Is.Zero);
    }

    [Test]
    public void A_name_that_is_near_to_several_columns_is_refused()
    {
        using MigratedDatabase database = Database();
        database.Execute("CREATE TABLE near (a_bc, ab_c)");

        Assert.That(() => database.Insert("near", new { abc = 1 }), Throws.ArgumentException.With.Message.StartsWith("\"near\" has no column for property \"abc\" of row 1."));
    }

    [Test]
    public void Two_properties_for_one_column_are_refused()
    {
        using MigratedDatabase database = Database();

        Assert.That(() => database.Insert("user", new { email = "a", EMail = "b" }), Throws.ArgumentException.With.Message.EqualTo(
            "Row 1 has several properties for column \"email\" of \"user\"."));
    }

    [Test]
    public void Rows_without_names_are_refused()
    {
        using MigratedDatabase database = Database();

        Assert.That(() => database.Insert("fetch", new { }), Throws.ArgumentException.With.Message.EqualTo(
            "Row 1 has no public properties, so there is nothing to insert into \"fetch\", which has the columns \"user_id\", \"host\". "
            + "A row of defaults is Execute(\"INSERT INTO fetch DEFAULT VALUES\")."));
        Assert.That(() => database.Insert("user", (1, "a")), Throws.ArgumentException.With.Message.StartsWith("Row 1 has no public properties"));
        Assert.That(() => database.Insert("user", "email"), Throws.ArgumentException.With.Message.EqualTo(
            "A value of type string does not name its values. Give an object with properties, such as new { email = \"a@b\" }, or an IReadOnlyDictionary<string, object?>."));
        Assert.That(() => database.Insert("user", new Dictionary<string, string> { ["email"] = "a" }), Throws.ArgumentException.With.Message.StartsWith(
            "A value of type Dictionary<string, string> does not name its values."));
        Assert.That(() => database.Insert("user", new { email = "a" }, null!), Throws.ArgumentException.With.Message.EqualTo("Row 2 is null."));
        Assert.That(database.Single<int>("SELECT count(*) FROM user"), Is.Zero);
    }

    [Test]
    public void Values_without_a_stored_form_are_refused()
    {
        using MigratedDatabase database = Database();

        Assert.That(() => database.Insert("user", new { email = new Uri("http://a/") }), Throws.ArgumentException.With.Message.EqualTo(
            "Property \"email\" of row 1: A value of type System.Uri can't be stored by SQLite. Give a number, a string, a byte[], a date, a time or a Guid."));
        Assert.That(() => database.Insert("user", new { email = double.NaN }), Throws.ArgumentException.With.Message.EqualTo("Property \"email\" of row 1: SQLite can't store NaN."));
        Assert.That(() => database.Insert("user", new { email = ulong.MaxValue }), Throws.ArgumentException.With.Message.Contains("beyond SQLite's largest integer"));
    }

    [Test]
    public void Arguments_that_are_null_or_empty_are_refused()
    {
        using MigratedDatabase database = Database();

        Assert.That(() => database.Insert("", new { email = "a" }), Throws.ArgumentException);
        Assert.That(() => database.Insert(null!, new { email = "a" }), Throws.ArgumentNullException);
        Assert.That(() => database.Insert("user", null!), Throws.ArgumentNullException);
    }

    private static MigratedDatabase Database() => MigratedDatabase.After<Fetches>(In(DatabaseStorage.Memory));

    private sealed record Account(string Email, int SpamThreshold);

    private sealed class AccountRow
    {
        public string EMAIL { get; init; } = "";

        private string Hidden { get; } = "no column";

        public override string ToString() => Hidden;
    }
}
