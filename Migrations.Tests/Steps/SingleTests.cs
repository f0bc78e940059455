using Migrations.Testing;
using NUnit.Framework;
using static Migrations.Tests.Steps.MailSteps;

namespace Migrations.Tests.Steps;

public sealed class SingleTests
{
    [Test]
    public void Single_gives_the_only_row()
    {
        using MigratedDatabase database = Database();

        Assert.That(database.Single<int>("SELECT 5"), Is.EqualTo(5));
        Assert.That(database.Single<int?>("SELECT NULL"), Is.Null);
        Assert.That(database.Single<(int, string)>("SELECT @a, @b", new { a = 1, b = "x" }), Is.EqualTo((1, "x")));
    }

    [Test]
    public void Single_without_a_row_is_an_error()
    {
        using MigratedDatabase database = Database();

        Assert.That(() => database.Single<int>("SELECT 1 WHERE 0"), Throws.InvalidOperationException.With.Message.EqualTo(
            "Exactly one row was expected, and there is none." + Environment.NewLine + "SELECT 1 WHERE 0"));
    }

    [Test]
    public void Single_of_several_rows_is_an_error_that_shows_them()
    {
        using MigratedDatabase database = Database();

        Assert.That(() => database.Single<(int, string?)>("VALUES (1, 'it''s'), (2, NULL)"), Throws.InvalidOperationException.With.Message.EqualTo(
            string.Join(Environment.NewLine, "Exactly one row was expected, and there are 2:", "    (1, 'it''s')", "    (2, NULL)", "VALUES (1, 'it''s'), (2, NULL)")));
    }

    [Test]
    public void Single_shows_the_first_ten_of_many_rows()
    {
        using MigratedDatabase database = Database();
        const string Sql = "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 12) SELECT i FROM n";

        Assert.That(() => database.Single<int>(Sql), Throws.InvalidOperationException.With.Message.EqualTo(string.Join(
            Environment.NewLine,
            ["Exactly one row was expected, and there are 12:", .. Enumerable.Range(1, 10).Select(i => $"    ({i})"), "    ...", Sql])));
    }

    private static MigratedDatabase Database() => MigratedDatabase.Before<Users>(In(DatabaseStorage.Memory));
}
