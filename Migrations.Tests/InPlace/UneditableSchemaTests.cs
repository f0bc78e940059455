using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Changes;
using Migrations.Tests.Support;
using NUnit.Framework;
using SQLitePCL;

namespace Migrations.Tests.InPlace;

/// <summary>Connections that let nobody write sqlite_schema get the same by other means, or an error of ours; their settings stay as they were.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class UneditableSchemaTests
{
    private const int SqliteDbConfigDefensive = 1010;
    private const int SqliteDbConfigEnableTrigger = 1003;
    private const int SqliteDbConfigWritableSchema = 1011;

    private const string Sql = "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT, p INT CONSTRAINT fk REFERENCES t(id)); INSERT INTO t VALUES (1, 'x', 1), (2, 'y', NULL); ALTER TABLE t ADD COLUMN d INT DEFAULT 12; CREATE INDEX i ON t(d)";

    private static readonly TableChange[] Changes = [new SetDefault("d", "80"), new DropForeignKey("fk", []), new SetNullability("a", false)];

    [Test]
    public void Defensive_connection_gets_a_copy()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Sql);
        raw.sqlite3_db_config(database.Connection.Handle, SqliteDbConfigDefensive, 1, out _);

        AlterationResult result = TableAlterer.Alter(database.Connection, "t", Changes, new AlterationOptions());

        Assert.That(result.Plans.Single().Strategy, Is.EqualTo(AlterationStrategy.Copy));
        AssertSameAsInPlace(database);
    }

    [TestCase("sqlite_master")]
    [TestCase("schema_version")]
    public void Authorizer_that_denies_an_edit_gets_a_copy(string denied)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Sql);
        raw.sqlite3_set_authorizer(
            database.Connection.Handle,
            (object _, int action, string first, string second, string _, string inner) =>
                (action == raw.SQLITE_UPDATE && first == denied && inner is null && second is "sql" && IsOurs(database))
                || (action == raw.SQLITE_PRAGMA && first == denied && second is not null) ? raw.SQLITE_DENY : raw.SQLITE_OK,
            null);

        AlterationResult result = TableAlterer.Alter(database.Connection, "t", Changes, new AlterationOptions());

        raw.sqlite3_set_authorizer(database.Connection.Handle, (strdelegate_authorizer?)null, null);
        Assert.That(result.Plans.Single().Strategy, Is.EqualTo(AlterationStrategy.Copy));
        AssertSameAsInPlace(database);
    }

    [TestCase("PRAGMA writable_schema = ON")]
    [TestCase("PRAGMA writable_schema = OFF")]
    [TestCase("PRAGMA trusted_schema = OFF")]
    [TestCase("PRAGMA query_only = ON")]
    [TestCase("PRAGMA foreign_keys = ON")]
    public void Settings_stay_after_success_and_failure(string pragma)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Sql).Execute(pragma);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        int[] settings = Settings(database);

        Assert.Catch<MigrationsException>(() => TableAlterer.Alter(database.Connection, "t", [.. Changes, new AddCheck(null, "a <> 'x'")], new AlterationOptions()));
        Assert.Catch<MigrationsException>(() => TableAlterer.Alter(database.Connection, "t", [.. Changes, new AddCheck(null, "nothing > 1")], new AlterationOptions()));

        Assert.That(Settings(database), Is.EqualTo(settings));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
        if (pragma.Contains("query_only", StringComparison.Ordinal))
        {
            Assert.Catch<MigrationsException>(() => TableAlterer.Alter(database.Connection, "t", Changes, new AlterationOptions()));
            Assert.That(Settings(database), Is.EqualTo(settings));
            DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
            return;
        }

        TableAlterer.Alter(database.Connection, "t", Changes, new AlterationOptions { Mode = RebuildMode.NeverCopy });
        Assert.That(Settings(database), Is.EqualTo(settings));
        AssertSameAsInPlace(database);
    }

    [TestCase("(SELECT 1) = 1")]
    [TestCase("no_such_function(a)")]
    [TestCase("missing > 1")]
    [TestCase("a > \"word\"")]
    [TestCase("count(a) > 1")]
    [TestCase("a > 1) , (b")]
    public void Malformed_check_is_refused_before_a_write(string expression)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Sql);
        AssertRefusedUnwritten(database, new AddCheck(null, expression));
    }

    [TestCase("(a)")]
    [TestCase("(SELECT 1)")]
    [TestCase("1 NOT NULL")]
    [TestCase("(\"word\")")]
    public void Malformed_default_is_refused_before_a_write(string value)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Sql);
        AssertRefusedUnwritten(database, new SetDefault("d", value));
    }

    [Test]
    public void Foreign_key_to_no_table_or_no_key_is_refused_before_a_write()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Sql).Execute("CREATE TABLE q(x, y); CREATE VIEW v AS SELECT 1 AS id");
        AssertRefusedUnwritten(database, new AddForeignKey(null, ["d"], "nowhere", ["id"]));
        AssertRefusedUnwritten(database, new AddForeignKey(null, ["d"], "v", ["id"]));
        AssertRefusedUnwritten(database, new AddForeignKey(null, ["d"], "q", ["x"]));
        AssertRefusedUnwritten(database, new AddForeignKey(null, ["d"], "q", []));
    }

    private static void AssertRefusedUnwritten(TestDatabase database, TableChange change)
    {
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        long changes = database.Scalar<long>("SELECT total_changes()");

        Assert.Catch<MigrationsException>(() => TableAlterer.Alter(database.Connection, "t", [change], new AlterationOptions()), change.ToString());

        Assert.That(database.Scalar<long>("SELECT total_changes()"), Is.EqualTo(changes));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
    }

    // SQLite writes the schema itself while it creates and renames tables; only then is it not writable for us.
    private static bool IsOurs(TestDatabase database)
    {
        raw.sqlite3_db_config(database.Connection.Handle, SqliteDbConfigWritableSchema, -1, out int writable);
        return writable != 0;
    }

    private static int[] Settings(TestDatabase database) =>
    [
        .. new[] { SqliteDbConfigDefensive, SqliteDbConfigEnableTrigger, SqliteDbConfigWritableSchema, 1013, 1014 }.Select(setting =>
        {
            raw.sqlite3_db_config(database.Connection.Handle, setting, -1, out int value);
            return value;
        }),
    ];

    private static void AssertSameAsInPlace(TestDatabase database)
    {
        using TestDatabase edited = TestDatabase.InMemory().Execute(Sql);
        AlterationResult result = TableAlterer.Alter(edited.Connection, "t", Changes, new AlterationOptions { Mode = RebuildMode.NeverCopy });
        Assert.That(result.Plans.Single().Strategy, Is.EqualTo(AlterationStrategy.InPlace));
        string[] settings = ["writable_schema", "trusted_schema", "query_only", "foreign_keys"];
        DatabaseSnapshot.Of(database.Connection).ExceptPragmas(settings).AssertSameAs(DatabaseSnapshot.Of(edited.Connection).ExceptPragmas(settings));
        Integrity.Check(database.Connection);
    }
}
