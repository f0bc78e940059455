using FluentMigrator;
using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Runner;

/// <summary>What a migration writes is what the application's own parameters would have written.</summary>
[TestFixture]
public sealed class LiteralTests
{
    private static readonly object[] Values =
    [
        new DateTime(2026, 1, 2, 3, 4, 5, 678), new DateTime(2026, 1, 2), new DateOnly(2026, 1, 2), new TimeOnly(1, 2, 3), new TimeOnly(1, 2, 3, 4),
        new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(2)), new TimeSpan(1, 2, 3, 4, 5),
        Guid.Parse("b5ba91dd-2d1d-4754-81ee-03f82b8eefd8"), double.PositiveInfinity, double.NegativeInfinity, 0.1 + 0.2, 1e300, 1.0,
        79228162514264337593543950335m, long.MinValue, -5, true, 'x', '\'', "it's {0} \"here\"", "a\0b", "", new byte[] { 0, 255 },
    ];

    [TestCaseSource(nameof(Values))]
    public void Inserted_value_is_stored_as_a_parameter_is(object value)
    {
        using TestDatabase database = TestDatabase.File().Execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a BLOB)");
        new MigrationHistory(database.ConnectionString)
            .Add(m => m.Insert.IntoTable("t").Row(new Dictionary<string, object> { ["id"] = 1, ["a"] = value }))
            .Up();
        using SqliteCommand command = database.Connection.CreateCommand();
        command.CommandText = "INSERT INTO t VALUES (2, $a)";
        command.Parameters.AddWithValue("$a", value);
        command.ExecuteNonQuery();

        Assert.That(
            database.Rows("SELECT typeof(a), hex(a) FROM t WHERE id = 1"), Is.EqualTo(database.Rows("SELECT typeof(a), hex(a) FROM t WHERE id = 2")));
    }

    [Test]
    public void Value_without_a_literal_is_refused([Values(double.NaN, ulong.MaxValue)] object value)
    {
        using TestDatabase database = TestDatabase.File().Execute("CREATE TABLE t(a)");
        MigrationHistory history = new MigrationHistory(database.ConnectionString)
            .Add(m => m.Insert.IntoTable("t").Row(new Dictionary<string, object> { ["a"] = value }));

        Assert.That(history.Up, Throws.TypeOf<MigrationRefusedException>());
    }

    [Test]
    public void Rows_written_in_the_other_form_of_a_guid_or_time_are_found()
    {
        Guid guid = Guid.Parse("b5ba91dd-2d1d-4754-81ee-03f82b8eefd8");
        using TestDatabase database = TestDatabase.File().Execute(
            $"CREATE TABLE t(id, at); INSERT INTO t VALUES ('{guid}', 1), ('{guid.ToString().ToUpperInvariant()}', 2), (3, '2026-01-02T03:04:05'), (4, '2026-01-02 03:04:05')");
        new MigrationHistory(database.ConnectionString).Add(m =>
        {
            m.Delete.FromTable("t").Row(new { id = guid });
            m.Update.Table("t").Set(new { id = 0 }).Where(new { at = new DateTime(2026, 1, 2, 3, 4, 5) });
        }).Up();

        Assert.That(database.Rows("SELECT id FROM t"), Is.EqualTo(new object[][] { [0L], [0L] }));
    }

    [Test]
    public void Default_with_fraction_quote_or_function_is_what_new_rows_get()
    {
        using TestDatabase database = TestDatabase.File().Execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a, b, c, d); INSERT INTO t(id) VALUES (1)");
        new MigrationHistory(database.ConnectionString).Add(m => m.Alter.Table("t")
            .AlterColumn("a").AsCustom("TEXT").WithDefaultValue(new DateTime(2026, 1, 2, 3, 4, 5, 600))
            .AlterColumn("b").AsCustom("TEXT").WithDefaultValue("it's")
            .AlterColumn("c").AsCustom("TEXT").WithDefaultValue(RawSql.Insert("upper('x')"))
            .AlterColumn("d").AsCustom("INTEGER").WithDefaultValue(RawSql.Insert("-7"))).Up();

        database.Execute("INSERT INTO t(id) VALUES (2)");
        Assert.That(database.Rows("SELECT a, b, c, d FROM t WHERE id = 2"), Is.EqualTo(new object[][] { ["2026-01-02 03:04:05.6", "it's", "X", -7L] }));
    }
}
