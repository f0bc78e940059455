using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Changes;
using Migrations.Tests.Faults;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Conversions;

/// <summary>C# functions inside an UPDATE: how often they are called, what they get, and what is said of rows for which they throw.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class FunctionTests
{
    private const string Rows = "INSERT INTO t(id, v) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30) SELECT i, i FROM n";

    [Test]
    public void Function_is_called_once_for_every_row_whatever_constraints_there_are([Values] bool enforced)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(
            $"CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE t(id INTEGER PRIMARY KEY, v INT NOT NULL CHECK (v > 0) REFERENCES p(id)) STRICT; INSERT INTO p SELECT 1; {Rows.Replace("SELECT i, i", "SELECT i, 1", StringComparison.Ordinal)}");
        database.Execute($"PRAGMA foreign_keys = {(enforced ? 1 : 0)}");
        long calls = 0;

        AlterationResult result = TableAlterer.Alter(
            database.Connection,
            "t",
            [
                new ConvertColumn("v", new FunctionConversion(value =>
                {
                    calls++;
                    return value;
                })),
                new SetDefault("v", "1"),
            ],
            new AlterationOptions());

        Assert.That((result.RowsUpdated, calls), Is.EqualTo((30L, 30L)));
    }

    [TestCase("CREATE TABLE t(id INTEGER PRIMARY KEY, v)", "\"id\" = 3")]
    [TestCase("CREATE TABLE t(id INT, v)", "\"rowid\" = 3")]
    [TestCase("CREATE TABLE t(rowid TEXT, id INT, v)", "\"oid\" = 3", "\"_rowid_\" = 3")]
    [TestCase("CREATE TABLE t(id TEXT, v, w DEFAULT 0.5, PRIMARY KEY(w, id)) WITHOUT ROWID", "\"w\" = 0.5 AND \"id\" = '13'")]
    [TestCase("CREATE TABLE t(id BLOB PRIMARY KEY, v)", "\"id\" = 3")]
    public void Function_that_throws_names_ten_rows_and_counts_all(string schema, params string[] keys)
    {
        RowsRefusedException refusal = ConversionTrial.AssertRefused(
            $"{schema}; {Rows}", new ConvertColumn("v", new FunctionConversion(value => value is long and > 2 ? throw new FormatException($"not {value}") : value)));

        Assert.That(refusal.Message, Does.Contain(" (28 rows: ").And.Contain("\"v\""));
        Assert.That((refusal.Count, refusal.Rows.Count), Is.EqualTo((28L, 10)));
        Assert.That(refusal.Rows.Select(row => row.Key).Intersect(keys), Is.Not.Empty, refusal.Rows[0].Key);
        Assert.That(refusal.Rows.Select(row => row.Value), Has.None.EqualTo("2"));
        Assert.That(refusal.InnerException, Is.TypeOf<FormatException>().With.Message.StartsWith("not "));
    }

    [TestCase("'it''s'", "'it''s'")]
    [TestCase("x'00ff'", "x'00FF'")]
    [TestCase("0.1", "0.1")]
    [TestCase("1e300 * 1e300", "Infinity")]
    [TestCase("NULL", "NULL")]
    [TestCase("-9223372036854775808", "-9223372036854775808")]
    public void Value_is_shown_as_it_was(string value, string shown)
    {
        RowsRefusedException refusal = ConversionTrial.AssertRefused(
            $"CREATE TABLE t(id INTEGER PRIMARY KEY, v); INSERT INTO t VALUES (1, {value})", new ConvertColumn("v", new FunctionConversion(_ => throw new FormatException("no"))));

        Assert.That(refusal.Rows.Single().ToString(), Is.EqualTo($"\"id\" = 1: {shown}"));
    }

    [Test]
    public void Text_that_is_no_text_is_refused_and_not_mended()
    {
        RowsRefusedException refusal = ConversionTrial.AssertRefused(
            "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT); INSERT INTO t VALUES (1, 'whole'), (2, CAST(x'6180' AS TEXT))", new ConvertColumn("v", new FunctionConversion(value => value)));

        Assert.That(refusal.Rows.Single().Key, Is.EqualTo("\"id\" = 2"));
    }

    [TestCase("v TEXT", "'a' || char(0) || 'b'", "''", "'ü😀'", "NULL")]
    [TestCase("v BLOB", "x''", "x'0001'", "0.1", "9223372036854775807", "-0.5", "''")]
    public void Function_that_gives_what_it_gets_changes_nothing(string column, params string[] values)
    {
        string schema = $"CREATE TABLE t(id INTEGER PRIMARY KEY, {column}); INSERT INTO t(v) VALUES {string.Join(", ", values.Select(value => $"({value})"))}";
        using TestDatabase before = TestDatabase.InMemory().Execute(schema);

        using TestDatabase database = ConversionTrial.AssertSame(schema, new ConvertColumn("v", new FunctionConversion(value => value)));

        DatabaseSnapshot.Of(database.Connection).AssertSameAs(DatabaseSnapshot.Of(before.Connection));
    }

    [Test]
    public void Text_of_any_length_is_stored_whole([Values(0, 1, 170, 339, 340, 341, 1024, 5000)] int length, [Values("x", "\u00E4", "\u20AC", "\U0001F600", "\0")] string part)
    {
        string text = string.Concat(Enumerable.Repeat(part, length));
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t(id INTEGER PRIMARY KEY, v); INSERT INTO t(id) VALUES (1)");

        TableAlterer.Alter(database.Connection, "t", [new ConvertColumn("v", new FunctionConversion(_ => text))], new AlterationOptions());

        Assert.That(database.Scalar<string>("SELECT typeof(v) FROM t"), Is.EqualTo("text"));
        Assert.That(database.Scalar<string>("SELECT hex(v) FROM t"), Is.EqualTo(Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(text))));
    }

    [Test]
    public void Half_a_surrogate_pair_is_refused([Values(1, 400)] int length) =>
        Assert.That(
            ConversionTrial.AssertRefused($"CREATE TABLE t(id INTEGER PRIMARY KEY, v); {Rows}", new ConvertColumn("v", new FunctionConversion(_ => new string('\uD83D', length)))).Count,
            Is.EqualTo(30));

    [Test]
    public void First_of_two_functions_that_throw_is_reported_with_its_own_rows()
    {
        const string Schema = "CREATE TABLE t(id INTEGER PRIMARY KEY, v INT, w INT); INSERT INTO t VALUES (1, 1, 1), (2, 2, 2), (3, 3, 3)";
        RowsRefusedException refusal = ConversionTrial.AssertRefused(
            Schema,
            new ConvertColumn("v", new FunctionConversion(value => value is 3L ? throw new FormatException("three") : value)),
            new ConvertColumn("w", new FunctionConversion(value => value is 2L ? throw new FormatException("two") : value)));

        Assert.That(refusal.Message, Does.Contain("two (1 row: \"id\" = 2: 2)"));
    }

    [Test]
    public void Function_that_throws_but_once_is_still_an_error()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute($"CREATE TABLE t(id INTEGER PRIMARY KEY, v INT NOT NULL); {Rows}");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        int calls = 0;

        MigrationsException exception = Assert.Catch<MigrationsException>(() => TableAlterer.Alter(
            database.Connection, "t", [new ConvertColumn("v", new FunctionConversion(value => ++calls == 5 ? throw new FormatException("only now") : value))], new AlterationOptions()))!; // Catch gives it

        FaultAssert.ShowsFirstError(exception, "only now");
        Assert.That(exception.Message, Does.Not.Contain("(0 rows"));
        FaultAssert.NothingHappened(database, before);
    }

    [Test]
    public void Function_reads_other_tables_by_the_connection()
    {
        using TestDatabase database = TestDatabase.InMemory().Execute($"CREATE TABLE names(n INTEGER PRIMARY KEY, name TEXT); CREATE TABLE t(id INTEGER PRIMARY KEY, v); {Rows}; INSERT INTO names SELECT id, 'number ' || id FROM t");

        TableAlterer.Alter(
            database.Connection, "t", [new ConvertColumn("v", new FunctionConversion(value => database.Scalar<string>($"SELECT name FROM names WHERE n = {value}")))], new AlterationOptions());

        Assert.That(database.Scalar<long>("SELECT count(*) FROM t WHERE v = 'number ' || id"), Is.EqualTo(30));
    }

    [TestCase("ROLLBACK")]
    [TestCase("COMMIT")]
    [TestCase("DROP TABLE t")]
    [TestCase("DELETE FROM t")]
    public void Function_that_works_against_the_alteration_undoes_it(string sql)
    {
        using TestDatabase database = TestDatabase.File().Execute($"CREATE TABLE t(id INTEGER PRIMARY KEY, v INT NOT NULL); {Rows}");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        database.Connection.DefaultTimeout = 1; // COMMIT and DROP TABLE wait for as long for the statement that calls the function.
        int calls = 0;
        FunctionConversion conversion = new(value =>
        {
            if (++calls == 7)
            {
                database.Execute(sql);
                throw new FormatException("done");
            }

            return (long)value! + 1; // Every row has a number.
        });

        Assert.Catch<MigrationsException>(() => TableAlterer.Alter(database.Connection, "t", [new ConvertColumn("v", conversion)], new AlterationOptions()));

        FaultAssert.NothingHappened(database, before);
    }
}
