using Microsoft.Data.Sqlite;
using Migrations.Testing;
using NUnit.Framework;
using static Migrations.Tests.Steps.MailSteps;

namespace Migrations.Tests.Steps;

/// <summary>Statements and their parameters.</summary>
public sealed class ExecuteTests
{
    [Test]
    public void Execute_counts_the_rows_that_its_statements_have_changed()
    {
        using MigratedDatabase database = Database();

        Assert.That(database.Execute("CREATE TABLE t (a)"), Is.Zero);
        Assert.That(database.Execute("INSERT INTO t VALUES (1), (2), (3)"), Is.EqualTo(3));
        Assert.That(database.Execute("UPDATE t SET a = 0; CREATE TABLE s (a); DELETE FROM t WHERE rowid = 1"), Is.EqualTo(4));
        Assert.That(database.Execute("SELECT * FROM t"), Is.Zero);
        Assert.That(database.Execute("PRAGMA foreign_keys"), Is.Zero);
        Assert.That(database.Execute("UPDATE t SET a = 0 WHERE a = 5"), Is.Zero);
        Assert.That(database.Execute("INSERT INTO t VALUES (7) RETURNING a"), Is.EqualTo(1));
        Assert.That(database.Execute("-- nothing"), Is.Zero);
        Assert.That(database.Single<int>("SELECT count(*) FROM t"), Is.EqualTo(3));
    }

    [Test]
    public void Parameters_come_from_properties_and_keys_with_any_prefix()
    {
        using MigratedDatabase database = Database();

        Assert.That(database.Single<(int, string, int?)>("SELECT @a, $b, :c", new { a = 1, b = "x", c = (int?)null }), Is.EqualTo((1, "x", (int?)null)));
        Assert.That(database.Single<int>("SELECT @a + @a", new Dictionary<string, object?> { ["a"] = 2 }), Is.EqualTo(4));
        Assert.That(database.Single<int>("SELECT $a", new Dictionary<string, object?> { ["$a"] = 5 }), Is.EqualTo(5));
        Assert.That(database.Execute("INSERT INTO user (email, quota) VALUES (@email, @quota); UPDATE user SET quota = @quota WHERE email = @email", new { email = "a", quota = 5 }), Is.EqualTo(2));
        Assert.That(database.Query<string>("SELECT email FROM user WHERE quota = $quota", new { quota = 5, unused = 7 }), Is.EqualTo(["a"]));
        Assert.That(database.Single<bool>("SELECT typeof(@state) = 'integer' AND @day = '2026-01-31'", new { state = DayOfWeek.Friday, day = new DateOnly(2026, 1, 31) }), Is.True);
    }

    [Test]
    public void A_parameter_without_a_value_is_an_error_with_the_statement()
    {
        using MigratedDatabase database = Database();

        Assert.That(() => database.Execute("DELETE FROM user WHERE email = @email", new { mail = "a" }), Throws.InvalidOperationException.With.Message.EqualTo(
            "Must add values for the following parameters: @email" + Environment.NewLine + "DELETE FROM user WHERE email = @email"));
        Assert.That(() => database.Query<int>("SELECT @email"), Throws.InvalidOperationException.With.Message.EndsWith("SELECT @email"));
    }

    [Test]
    public void Parameters_without_names_or_stored_forms_are_refused()
    {
        using MigratedDatabase database = Database();

        Assert.That(() => database.Execute("SELECT @a", "a"), Throws.ArgumentException.With.Message.StartsWith("A value of type string does not name its values."));
        Assert.That(() => database.Execute("SELECT @a", new[] { 1 }), Throws.ArgumentException.With.Message.StartsWith("A value of type int[] does not name its values."));
        Assert.That(() => database.Execute("SELECT @a", new { a = new Version(1, 0) }), Throws.ArgumentException.With.Message.StartsWith(
            "Parameter \"a\": A value of type System.Version can't be stored by SQLite."));
    }

    [Test]
    public void A_statement_that_fails_is_in_the_message_and_the_codes_stay()
    {
        using MigratedDatabase database = Database();
        database.Insert("user", new { email = "a" });

        Assert.That(() => database.Execute("SELECT missing FROM user"), Throws.TypeOf<SqliteException>().With.Message.EqualTo(
            "SQLite Error 1: 'no such column: missing'." + Environment.NewLine + "SELECT missing FROM user"));
        Assert.That(() => database.Query<int>("SELECT FROM"), Throws.TypeOf<SqliteException>().With.Message.EndsWith(Environment.NewLine + "SELECT FROM"));
        Assert.That(
            () => database.Execute("INSERT INTO user (email) VALUES ('a')"),
            Throws.TypeOf<SqliteException>().With.Property(nameof(SqliteException.SqliteErrorCode)).EqualTo(19)
                .And.Property(nameof(SqliteException.SqliteExtendedErrorCode)).EqualTo(2067));
    }

    [Test]
    public void An_error_in_the_middle_of_the_rows_is_one_of_the_statement()
    {
        using MigratedDatabase database = Database();

        Assert.That(
            () => database.Query<long>("SELECT abs(column1) FROM (VALUES (1), (-9223372036854775808))"),
            Throws.TypeOf<SqliteException>().With.Message.Contains("integer overflow").And.Message.EndsWith("9223372036854775808))"));
    }

    [Test]
    public void Statements_before_one_that_fails_stand_unless_a_transaction_is_open()
    {
        using MigratedDatabase database = Database();

        Assert.That(() => database.Execute("INSERT INTO user (email) VALUES ('a'); INSERT INTO nowhere VALUES (1)"), Throws.InstanceOf<SqliteException>());
        Assert.That(database.Query<string>("SELECT email FROM user"), Is.EqualTo(["a"]));
        using (SqliteTransaction transaction = database.Connection.BeginTransaction())
        {
            Assert.That(() => database.Execute("INSERT INTO user (email) VALUES ('b'); INSERT INTO nowhere VALUES (1)"), Throws.InstanceOf<SqliteException>());
            transaction.Rollback();
        }

        Assert.That(database.Query<string>("SELECT email FROM user"), Is.EqualTo(["a"]));
    }

    [Test]
    public void Empty_SQL_and_a_database_that_was_disposed_of_are_refused()
    {
        MigratedDatabase database = Database();

        Assert.That(() => database.Execute(" "), Throws.ArgumentException);
        Assert.That(() => database.Query<int>(""), Throws.ArgumentException);
        Assert.That(() => database.Single<int>(null!), Throws.ArgumentNullException);
        database.Dispose();
        Assert.That(() => database.Execute("SELECT 1"), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => database.Query<int>("SELECT 1"), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => database.Single<int>("SELECT 1"), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => database.Insert("user", new { email = "a" }), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => database.InsertPartial("user", new { email = "a" }), Throws.InstanceOf<ObjectDisposedException>());
    }

    private static MigratedDatabase Database() => MigratedDatabase.After<Users>(In(DatabaseStorage.Memory));
}
