using Migrations.Testing;
using Migrations.Tests.Support;
using NUnit.Framework;
using static Migrations.Tests.Steps.MailSteps;

namespace Migrations.Tests.Steps;

/// <summary>Rows that say only what a test is about.</summary>
public sealed class InsertPartialTests
{
    private const string Tables =
        """
        CREATE TABLE domain (name VARCHAR(80) NOT NULL PRIMARY KEY, max_users INTEGER NOT NULL, ratio REAL NOT NULL, note TEXT, enabled BOOLEAN NOT NULL DEFAULT 1,
            day DATE NOT NULL, moment DATETIME NOT NULL, at TIME NOT NULL, key UNIQUEIDENTIFIER NOT NULL, doc JSON NOT NULL, data BLOB NOT NULL, any NOT NULL,
            twice INTEGER NOT NULL AS (max_users * 2));
        CREATE TABLE mailbox (id INTEGER NOT NULL PRIMARY KEY, domain_name VARCHAR(80) NOT NULL REFERENCES domain(name), number INTEGER NOT NULL UNIQUE, alias TEXT REFERENCES domain(name));
        CREATE TABLE pair (a INT, b TEXT, c INT, PRIMARY KEY (a, b)) WITHOUT ROWID;
        CREATE TABLE strict_key (a ANY PRIMARY KEY, b INT NOT NULL) STRICT;
        CREATE TABLE guarded (a INTEGER NOT NULL CHECK (a > 5));
        CREATE TABLE many (i INTEGER NOT NULL UNIQUE, r REAL NOT NULL UNIQUE, t TEXT NOT NULL UNIQUE, d DATE NOT NULL UNIQUE, m DATETIME NOT NULL UNIQUE, o TIME NOT NULL UNIQUE,
            g GUID NOT NULL UNIQUE, j JSON NOT NULL UNIQUE, b BLOB NOT NULL UNIQUE, x NOT NULL UNIQUE, bool BOOLEAN NOT NULL UNIQUE);
        """;

    [Test]
    public void InsertPartial_gives_columns_that_need_one_a_value_and_leaves_the_others()
    {
        using MigratedDatabase database = Database();

        database.InsertPartial("domain", new { Name = "example.org", Ratio = 0.5 });

        Assert.That(database.Single<object?[]>("SELECT * FROM domain"), Is.EqualTo(new object?[]
        {
            "example.org", 0L, 0.5, null, 1L, "1970-01-01", "1970-01-01 00:00:00", "00:00:00", "00000000-0000-0000-0000-000000000000", "{}", Array.Empty<byte>(), "", 0L,
        }));
    }

    [Test]
    public void InsertPartial_numbers_what_must_be_unique()
    {
        using MigratedDatabase database = Database();
        database.InsertPartial("domain", new { }, new { }, new { });
        database.InsertPartial("mailbox", new { domain_name = "name 2" }, new { domain_name = "name 2", number = 40 }, new { id = 9, domain_name = "name 3" });

        Assert.That(database.Query<string>("SELECT name FROM domain ORDER BY 1"), Is.EqualTo(["name 1", "name 2", "name 3"]));
        Assert.That(
            database.Query<(int, string, int, string?)>("SELECT id, domain_name, number, alias FROM mailbox ORDER BY id"),
            Is.EqualTo(new (int, string, int, string?)[] { (1, "name 2", 1, null), (2, "name 2", 40, null), (9, "name 3", 41, null) }));
    }

    [Test]
    public void InsertPartial_finds_values_of_every_type_that_differ_between_rows()
    {
        using MigratedDatabase database = Database();

        database.InsertPartial("many", Enumerable.Range(0, 100).Select(_ => new { }));

        Assert.That(database.Single<int>("SELECT count(*) FROM many WHERE json_valid(j)"), Is.EqualTo(100));
        Assert.That(database.Query<DateOnly>("SELECT d FROM many"), Is.Unique);
        Assert.That(database.Query<DateTime>("SELECT m FROM many"), Is.Unique);
        Assert.That(database.Query<TimeOnly>("SELECT o FROM many"), Is.Unique);
        Assert.That(database.Query<Guid>("SELECT g FROM many"), Is.Unique);
    }

    [Test]
    public void InsertPartial_knows_keys_that_are_not_null_without_saying_so()
    {
        using MigratedDatabase database = Database();

        database.InsertPartial("pair", new { c = 5 }, new { c = 6 });
        database.InsertPartial("strict_key", new { }, new { });

        Assert.That(database.Query<(int, string, int)>("SELECT a, b, c FROM pair"), Is.EqualTo([(1, "b 1", 5), (2, "b 2", 6)]));
        Assert.That(database.Query<(string, int)>("SELECT a, b FROM strict_key"), Is.EqualTo([("a 1", 0), ("a 2", 0)]));
    }

    [Test]
    public void InsertPartial_asks_for_a_parent_row()
    {
        using MigratedDatabase database = Database();

        Assert.That(() => database.InsertPartial("mailbox", new { id = 1 }), Throws.ArgumentException.With.Message.EqualTo(
            "Column \"domain_name\" of \"mailbox\" needs a row of \"domain\", and row 1 names none. Insert that row, and name its key in this one."));
    }

    [Test]
    public void InsertPartial_gives_no_value_that_a_row_names_as_NULL()
    {
        using MigratedDatabase database = Database();

        Assert.That(() => database.InsertPartial("guarded", new { a = (int?)null }), Throws.InstanceOf<Microsoft.Data.Sqlite.SqliteException>().With.Message.Contains("NOT NULL constraint failed"));
        Assert.That(() => database.InsertPartial("guarded", new { }), Throws.InstanceOf<Microsoft.Data.Sqlite.SqliteException>().With.Message.Contains("CHECK constraint failed: a > 5"));
        Assert.That(database.InsertPartial("guarded", new { a = 6 }), Is.EqualTo(1));
    }

    [Test]
    public void InsertPartial_refuses_what_Insert_refuses()
    {
        using MigratedDatabase database = Database();
        database.Execute("CREATE TABLE free (a, b DEFAULT 4); CREATE VIEW v AS SELECT * FROM free; CREATE TRIGGER tr INSTEAD OF INSERT ON v BEGIN INSERT INTO free (a) VALUES (new.a); END");

        Assert.That(() => database.InsertPartial("nowhere", new { }), Throws.ArgumentException.With.Message.StartsWith("There is no table \"nowhere\""));
        Assert.That(() => database.InsertPartial("free", new { c = 1 }), Throws.ArgumentException.With.Message.StartsWith("\"free\" has no column for property \"c\""));
        database.InsertPartial("free", new { });
        database.InsertPartial("v", new { a = 7 });
        Assert.That(database.Query<(int?, int)>("SELECT a, b FROM free"), Is.EqualTo(new (int?, int)[] { (null, 4), (7, 4) }));
    }

    private static MigratedDatabase Database()
    {
        MigratedDatabase database = MigratedDatabase.After<Users>(In(DatabaseStorage.Memory));
        database.Connection.Execute(Tables);
        return database;
    }
}
