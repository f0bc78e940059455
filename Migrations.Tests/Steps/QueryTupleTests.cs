using Migrations.Testing;
using NUnit.Framework;
using static Migrations.Tests.Steps.MailSteps;

namespace Migrations.Tests.Steps;

/// <summary>Rows as value tuples, and as arrays.</summary>
public sealed class QueryTupleTests
{
    [Test]
    public void Tuples_take_columns_by_position()
    {
        using MigratedDatabase database = Database();

        Assert.That(
            database.Query<(int Id, string? Name, DayOfWeek Day, object? Any)>("SELECT 1 AS name, NULL AS id, 5, 2.0 UNION ALL SELECT 2, 'x', 0, NULL"),
            Is.EqualTo(new (int, string?, DayOfWeek, object?)[] { (1, null, DayOfWeek.Friday, 2d), (2, "x", DayOfWeek.Sunday, null) }));
        Assert.That(database.Query<ValueTuple<int>>("SELECT 1"), Is.EqualTo([ValueTuple.Create(1)]));
        Assert.That(database.Query<(byte[], int?)>("SELECT x'01', NULL")[0].Item1, Is.EqualTo(new byte[] { 1 }));
    }

    [Test]
    public void Tuples_may_have_more_than_seven_elements([Values(7, 8, 9)] int count)
    {
        using MigratedDatabase database = Database();
        string sql = "SELECT " + string.Join(", ", Enumerable.Range(1, count));

        object row = count switch
        {
            7 => database.Single<(int, int, int, int, int, int, long)>(sql),
            8 => database.Single<(int, int, int, int, int, int, int, long?)>(sql),
            _ => database.Single<(int, int, int, int, int, int, int, int, object)>(sql),
        };

        Assert.That(row, Is.EqualTo(count switch
        {
            7 => (1, 2, 3, 4, 5, 6, 7L),
            8 => (1, 2, 3, 4, 5, 6, 7, (long?)8),
            _ => (object)(1, 2, 3, 4, 5, 6, 7, 8, (object)9L),
        }));
    }

    [Test]
    public void Tuples_of_sixteen_elements_are_read_to_the_end()
    {
        using MigratedDatabase database = Database();

        (int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int) row =
            database.Single<(int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int)>("SELECT " + string.Join(", ", Enumerable.Range(1, 16)));

        Assert.That((row.Item1, row.Item7, row.Item8, row.Item14, row.Item15, row.Item16), Is.EqualTo((1, 7, 8, 14, 15, 16)));
    }

    [Test]
    public void A_tuple_of_another_number_of_elements_is_refused()
    {
        using MigratedDatabase database = Database();

        Assert.That(() => database.Query<(int, int)>("SELECT 1 AS a, 2 AS b, 3 AS c"), Throws.InvalidOperationException.With.Message.EqualTo(
            "The query gives 3 columns, and the tuple has 2 elements. The columns: \"a\", \"b\", \"c\"." + Environment.NewLine + "SELECT 1 AS a, 2 AS b, 3 AS c"));
        Assert.That(
            () => database.Query<(int, int, int, int, int, int, int, int, int)>("SELECT 1"),
            Throws.InvalidOperationException.With.Message.StartsWith("The query gives 1 columns, and the tuple has 9 elements."));
    }

    [Test]
    public void A_value_that_does_not_fit_names_column_and_element()
    {
        using MigratedDatabase database = Database();

        Assert.That(() => database.Query<(string, int)>("SELECT 'x' AS a, 1.5 AS b"), Throws.InvalidOperationException.With.Message.StartsWith(
            "Row 1: Column \"b\" holds 1.5, a REAL, which element 2 of the tuple, int, can't be without loss."));
        Assert.That(() => database.Query<(string, int)>("SELECT 'x' AS a, NULL AS b"), Throws.InvalidOperationException.With.Message.StartsWith(
            "Row 1: Column \"b\" is NULL, which element 2 of the tuple, int, can't be. Ask for int?."));
        Assert.That(
            () => database.Query<(int, int, int, int, int, int, int, int, byte)>("SELECT 1, 2, 3, 4, 5, 6, 7, 8, 300 AS i"),
            Throws.InvalidOperationException.With.Message.StartsWith("Row 1: Column \"i\" holds 300, an INTEGER, which element 9 of the tuple, byte, can't be"));
    }

    [Test]
    public void An_element_that_no_column_can_become_is_refused()
    {
        using MigratedDatabase database = Database();

        Assert.That(() => database.Query<(int, (int, int))>("SELECT 1, 2"), Throws.InvalidOperationException.With.Message.StartsWith(
            "Element 2 of the tuple is ValueTuple<int, int>, which no column can become."));
        Assert.That(() => database.Query<(int, Uri)>("SELECT 1, 2"), Throws.InvalidOperationException.With.Message.StartsWith("Element 2 of the tuple is Uri,"));
    }

    [Test]
    public void Arrays_hold_all_columns_as_SQLite_holds_them()
    {
        using MigratedDatabase database = Database();

        Assert.That(database.Query<object?[]>("SELECT 1, 1.0, 'a', x'01', NULL UNION ALL SELECT 2, 2.5, '', x'', 0"), Is.EqualTo(new object?[][]
        {
            [1L, 1.0, "a", new byte[] { 1 }, null],
            [2L, 2.5, "", Array.Empty<byte>(), 0L],
        }));
    }

    private static MigratedDatabase Database() => MigratedDatabase.Before<Users>(In(DatabaseStorage.Memory));
}
