using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Changes;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Conversions;

/// <summary>Rows that a conversion by UPDATE can't leave as it would: refused with the rows, as before a copy, and nothing is changed.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class RefusedRowsTests
{
    private const string Rows = "INSERT INTO t(id, v) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30) SELECT i, i FROM n";

    private static readonly FunctionConversion NullOfEven = new(value => value is long n && n % 2 == 1 ? n : null);
    private static readonly FunctionConversion Hundredfold = new(value => (long)value! * 100); // Every row has a number.

    [TestCase("v INT NOT NULL")]
    [TestCase("v INT NOT NULL ON CONFLICT IGNORE")]
    [TestCase("v INT DEFAULT 4 NOT NULL ON CONFLICT REPLACE")]
    [TestCase("v INT NOT NULL ON CONFLICT ROLLBACK")]
    public void NULL_under_NOT_NULL_is_refused_whatever_its_conflict_clause_says(string column)
    {
        RowsRefusedException bySql = ConversionTrial.AssertRefused($"CREATE TABLE t(id INTEGER PRIMARY KEY, {column}); {Rows}", new ConvertColumn("v", new SqlConversion("nullif(v, 7)")));
        RowsRefusedException byFunction = ConversionTrial.AssertRefused($"CREATE TABLE t(id INTEGER PRIMARY KEY, {column}); {Rows}", new ConvertColumn("v", NullOfEven));

        Assert.That(bySql.Rows.Single().ToString(), Is.EqualTo("\"id\" = 7: NULL"));
        Assert.That(byFunction.Count, Is.EqualTo(15));
        Assert.That(byFunction.Rows, Has.Count.EqualTo(10));
    }

    [TestCase("CREATE TABLE t(id INTEGER PRIMARY KEY, v INT CHECK (v < 2500))")]
    [TestCase("CREATE TABLE t(id INTEGER PRIMARY KEY, v INT, CONSTRAINT low CHECK (t.v < 2500) ON CONFLICT IGNORE)")]
    [TestCase("CREATE TABLE t(id INTEGER PRIMARY KEY, v INT, CHECK (id * 2500 > v * id))")]
    public void CHECK_that_stands_is_held(string schema)
    {
        RowsRefusedException bySql = ConversionTrial.AssertRefused($"{schema}; {Rows}", new ConvertColumn("v", new SqlConversion("v * 100")));
        RowsRefusedException byFunction = ConversionTrial.AssertRefused($"{schema}; {Rows}", new ConvertColumn("v", Hundredfold));

        Assert.That(bySql.Count, Is.EqualTo(6));
        Assert.That(byFunction.Rows.Select(row => row.Key), Is.EqualTo(bySql.Rows.Select(row => row.Key)).And.All.StartsWith("\"id\" = "));
    }

    [Test]
    public void CHECK_is_held_also_where_the_connection_ignores_it()
    {
        RowsRefusedException refusal = ConversionTrial.AssertRefused(
            $"CREATE TABLE t(id INTEGER PRIMARY KEY, v INT CHECK (v < 2500)); PRAGMA ignore_check_constraints = ON; {Rows}", new ConvertColumn("v", Hundredfold));

        Assert.That(refusal.Count, Is.EqualTo(6));
    }

    [TestCase("INT", "v || 'x'")]
    [TestCase("INTEGER", "v / 2.0")]
    [TestCase("REAL", "CAST(v AS BLOB)")]
    [TestCase("TEXT", "CAST(v AS BLOB)")]
    [TestCase("BLOB", "v")]
    public void Value_that_STRICT_does_not_take_is_refused_with_its_row(string type, string expression) =>
        ConversionTrial.AssertRefused(
            $"CREATE TABLE t(id INTEGER PRIMARY KEY, a ANY, v {type}) STRICT; INSERT INTO t(id, v) VALUES (3, {(type is "BLOB" ? "x'33'" : "3")}), (5, {(type is "BLOB" ? "x'35'" : "5")})",
            new ConvertColumn("v", new SqlConversion(type is "BLOB" ? "CAST(v AS TEXT)" : expression)));

    [Test]
    public void Row_that_would_refer_to_nothing_is_refused([Values] bool enforced, [Values] bool inTransaction, [Values] bool byFunction, [Values("", " DEFERRABLE INITIALLY DEFERRED")] string deferral)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(
            $"CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE t(id INTEGER PRIMARY KEY, v INT REFERENCES p(id){deferral}); INSERT INTO p VALUES (1), (2), (100), (200); INSERT INTO t VALUES (1, 1), (2, 2), (3, NULL), (4, 2)");
        database.Execute($"PRAGMA foreign_keys = {(enforced ? 1 : 0)}").Execute("DELETE FROM p WHERE id = 200");
        database.Execute(inTransaction ? "BEGIN; INSERT INTO p VALUES (900)" : "SELECT 1");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        Conversion conversion = byFunction ? new FunctionConversion(value => value is long n ? n * 100 : null) : new SqlConversion("v * 100");

        RowsRefusedException refusal = Assert.Throws<RowsRefusedException>(
            () => TableAlterer.Alter(database.Connection, "t", [new ConvertColumn("v", conversion)], new AlterationOptions()))!; // Throws gives it

        Assert.That(refusal.Message, Does.Contain("foreign key (\"v\") REFERENCES \"p\" (\"id\") would find no row"));
        Assert.That(refusal.Rows.Select(row => row.ToString()), Is.EqualTo(new[] { "\"id\" = 2: 200", "\"id\" = 4: 200" }));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
        Assert.That(database.Scalar<long>("PRAGMA foreign_keys"), Is.EqualTo(enforced ? 1 : 0));
        database.Execute(inTransaction ? "COMMIT" : "SELECT 1");
    }

    [Test]
    public void Row_that_referred_to_nothing_before_is_left_as_it_converts()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(
            "PRAGMA foreign_keys = OFF; CREATE TABLE t(id INTEGER PRIMARY KEY, v INT REFERENCES t(id)); INSERT INTO t VALUES (1, 2), (2, 1), (3, 77); PRAGMA foreign_keys = ON");

        AlterationResult result = TableAlterer.Alter(
            database.Connection, "t", [new ConvertColumn("v", new SqlConversion("iif(v > 3, v, 3 - v)"))], new AlterationOptions());

        Assert.That(result.RowsUpdated, Is.EqualTo(3));

        Assert.That(database.Rows("SELECT v FROM t").Select(row => row[0]), Is.EqualTo(new object[] { 1L, 2L, 77L }));
    }

    [TestCase("length(v) < 3")]
    [TestCase("typeof(v) = 'text'")]
    public void New_CHECK_is_asked_of_what_was_converted(string check)
    {
        RowsRefusedException refusal = ConversionTrial.AssertRefused(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, v BLOB); INSERT INTO t VALUES (1, 'a'), (2, 'bb'), (3, 'c')",
            new ConvertColumn("v", new SqlConversion("CASE id WHEN 2 THEN x'626262' ELSE v || 'x' END")), new AddCheck("new", check));

        Assert.That(refusal.Rows.Single().Key, Is.EqualTo("\"id\" = 2"));
    }

    [Test]
    public void New_NOT_NULL_is_asked_of_what_was_converted()
    {
        RowsRefusedException refusal = ConversionTrial.AssertRefused(
            $"CREATE TABLE t(id INTEGER PRIMARY KEY, v INT); {Rows}", new ConvertColumn("v", new SqlConversion("nullif(v, 7)")), new SetNullability("v", false));

        Assert.That(refusal.Rows.Single().ToString(), Is.EqualTo("\"id\" = 7: NULL"));
    }

    [Test]
    public void New_unique_index_is_asked_of_what_was_converted()
    {
        RowsRefusedException refusal = ConversionTrial.AssertRefused(
            $"CREATE TABLE t(id INTEGER PRIMARY KEY, v INT); {Rows}", new ConvertColumn("v", new SqlConversion("v / 2")), new AddIndex("CREATE UNIQUE INDEX u ON t(v)"));

        Assert.That(refusal.Count, Is.EqualTo(14));
    }

    [Test]
    public void Row_that_the_conversion_does_not_know_is_refused_before_anything_is_written()
    {
        RowsRefusedException refusal = ConversionTrial.AssertRefused(
            $"CREATE TABLE t(id INTEGER PRIMARY KEY, v INT NOT NULL); {Rows}", new ConvertColumn("v", new SqlConversion("NULL", "v > 28", "too large")));

        Assert.That(refusal.Message, Does.Contain("too large (2 rows"));
    }

    [Test]
    public void New_text_does_not_turn_a_misspelt_column_into_a_string()
    {
        using TestDatabase database = TestDatabase.InMemory().AllowDoubleQuotedStrings().Execute($"CREATE TABLE t(id INTEGER PRIMARY KEY, v INT CHECK (v <> \"old string\")); {Rows}");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        Assert.That(
            () => TableAlterer.Alter(database.Connection, "t", [new ConvertColumn("v", new SqlConversion("v + 1")), new AddCheck(null, "v <> \"misspelt\"")], new AlterationOptions()),
            Throws.TypeOf<AlterationRefusedException>().With.Message.Contains("misspelt"));
        Assert.That(
            () => TableAlterer.Alter(database.Connection, "t", [new ConvertColumn("v", new SqlConversion("\"misspelt\""))], new AlterationOptions()),
            Throws.TypeOf<AlterationRefusedException>().With.Message.Contains("misspelt"));

        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
        TableAlterer.Alter(database.Connection, "t", [new ConvertColumn("v", new SqlConversion("v + 1"))], new AlterationOptions());
        Assert.That(() => database.Execute("UPDATE t SET v = 'old string'"), Throws.InstanceOf<SqliteException>().With.Message.Contains("CHECK"));
    }
}
