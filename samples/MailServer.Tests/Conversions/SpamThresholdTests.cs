using MailServer.Revisions;
using Migrations.Core;
using Migrations.Testing;
using NUnit.Framework;
using static MailServer.Tests.MailRows;

namespace MailServer.Tests.Conversions;

/// <summary>Revisions 2, 4 and 5: a threshold of 15 points becomes one of 100 percent, in whole numbers, and may be left out.</summary>
internal sealed class SpamThresholdTests
{
    private const string Threshold = "SELECT spam_threshold FROM user";

    [TestCase(0)]
    [TestCase(5)]
    [TestCase(9.5)]
    [TestCase(-1)]
    public void Revision_2_sets_each_threshold_to_10(double threshold)
    {
        using MigratedDatabase database = MigratedDatabase.Before<R02_SpamThresholdOfTen>();
        AddUser(database, threshold);

        database.Apply<R02_SpamThresholdOfTen>();

        Assert.That(database.Single<object>(Threshold), Is.EqualTo(10L));
    }

    [Test]
    public void Revision_2_lets_users_be_without_a_threshold()
    {
        using MigratedDatabase database = MigratedDatabase.After<R02_SpamThresholdOfTen>();

        AddUser(database, null);

        Assert.That(database.Single<object?>(Threshold), Is.Null);
    }

    [TestCase(null, 10)]
    [TestCase(0.0, 0)]
    [TestCase(12.5, 12.5)]
    public void Revision_2_taken_back_gives_those_a_threshold_who_have_none(double? threshold, double expected)
    {
        using MigratedDatabase database = MigratedDatabase.After<R02_SpamThresholdOfTen>();
        AddUser(database, threshold);

        database.Revert<R02_SpamThresholdOfTen>();

        Assert.That(database.Single<double>(Threshold), Is.EqualTo(expected));
    }

    [TestCase(null, 0)]
    [TestCase(0.0, 0)]
    [TestCase(0.1, 0)]
    [TestCase(3.0, 20)]
    [TestCase(5.0, 33)]
    [TestCase(7.5, 50)]
    [TestCase(9.5, 63)]
    [TestCase(10.0, 66)]
    [TestCase(14.99, 99)]
    [TestCase(15.0, 100)]
    [TestCase(20.0, 133)]
    [TestCase(-3.1, -20)]
    public void Revision_4_makes_points_percent_and_cuts_fractions_off(double? points, long percent)
    {
        using MigratedDatabase database = MigratedDatabase.Before<R04_SpamThresholdInPercent>();
        AddUser(database, points);

        database.Apply<R04_SpamThresholdInPercent>();

        Assert.That(database.Single<object>(Threshold), Is.EqualTo(percent));
    }

    [Test]
    public void Revision_4_gives_new_users_80_percent()
    {
        using MigratedDatabase database = MigratedDatabase.After<R04_SpamThresholdInPercent>();
        database.Insert("domain", Domain("example.org"));
        database.Insert("user", User("bob@example.org"));

        Assert.That(database.Single<object>(Threshold), Is.EqualTo(80L));
    }

    [Test]
    public void Revision_4_refuses_a_threshold_that_is_no_number_and_names_the_user()
    {
        using MigratedDatabase database = MigratedDatabase.Before<R04_SpamThresholdInPercent>();
        AddUser(database, "ten");

        Assert.That(
            () => database.Apply<R04_SpamThresholdInPercent>(),
            Throws.InstanceOf<MigrationsException>().With.InnerException.Message.Contains("bob@example.org"));
        Assert.That(database.Single<object>(Threshold), Is.EqualTo("ten"));
    }

    [TestCase(100, 15)]
    [TestCase(80, 12)]
    [TestCase(50, 7.5)]
    [TestCase(0, 0)]
    public void Revision_4_taken_back_gives_points(double percent, double points)
    {
        using MigratedDatabase database = MigratedDatabase.After<R04_SpamThresholdInPercent>();
        AddUser(database, percent);

        database.Revert<R04_SpamThresholdInPercent>();

        Assert.That(database.Single<double>(Threshold), Is.EqualTo(points));
    }

    [Test]
    public void Revision_4_taken_back_and_applied_again_gives_every_whole_percentage_back()
    {
        using MigratedDatabase database = MigratedDatabase.After<R04_SpamThresholdInPercent>();
        database.Insert("domain", Domain("example.org"));
        database.Insert("user", Enumerable.Range(0, 101).Select(percent => User($"{percent}@example.org", ("spam_threshold", percent))));

        database.Revert<R04_SpamThresholdInPercent>();
        database.Apply<R04_SpamThresholdInPercent>();

        Assert.That(database.Query<long>(Threshold + " ORDER BY rowid"), Is.EqualTo(Enumerable.Range(0, 101)));
    }

    [TestCase(null, null)]
    [TestCase(0.0, 0L)]
    [TestCase(72.9, 72L)]
    [TestCase(99.999, 99L)]
    [TestCase(100.0, 100L)]
    [TestCase(-0.5, 0L)]
    public void Revision_5_cuts_fractions_off_and_keeps_users_without_a_threshold(double? before, long? after)
    {
        using MigratedDatabase database = MigratedDatabase.Before<R05_WholeSpamThreshold>();
        AddUser(database, before);

        database.Apply<R05_WholeSpamThreshold>();

        Assert.That(database.Single<object?>(Threshold), Is.EqualTo(after));
    }

    private static void AddUser(MigratedDatabase database, object? threshold)
    {
        database.Insert("domain", Domain("example.org"));
        database.Insert("user", User("bob@example.org", ("spam_threshold", threshold)));
    }
}
