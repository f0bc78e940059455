using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.MailServer;

/// <summary>What goes down changes meaning nowhere: values come back, or the step is refused.</summary>
internal sealed class DownTests
{
    [Test]
    public void Thresholds_come_back_on_the_old_scale()
    {
        using MailFile file = new();
        file.MoveTo(4, seed: true);
        file.Execute("UPDATE user SET spam_threshold = 100 WHERE localpart = 'bob'");

        file.MoveTo(3);

        using SqliteConnection connection = file.Open();
        Assert.That(connection.Scalar<double>("SELECT spam_threshold FROM user WHERE localpart = 'bob'"), Is.EqualTo(15));
        Assert.That(connection.Scalar<double>("SELECT spam_threshold FROM user WHERE localpart = 'dflt'"), Is.EqualTo(12));
    }

    [Test]
    public void Users_without_a_threshold_get_the_one_that_the_revision_gave_to_all()
    {
        using MailFile file = new();
        file.MoveTo(2, seed: true);

        file.MoveTo(0);

        using SqliteConnection connection = file.Open();
        Assert.That(connection.Scalar<long>("SELECT spam_threshold FROM user WHERE localpart = 'nul'"), Is.EqualTo(10));
        Assert.That(connection.Scalar<double>("SELECT spam_threshold FROM user WHERE localpart = 'frac'"), Is.EqualTo(12.5));
    }

    [Test]
    public void Unlimited_comes_back_as_zero()
    {
        using MailFile file = new();
        file.MoveTo(23, seed: true);

        file.MoveTo(22);

        using SqliteConnection connection = file.Open();
        Assert.That(
            connection.Rows("SELECT max_users, max_aliases FROM domain ORDER BY name"),
            Is.EqualTo(new[] { new object[] { 0L, 10L }, [5L, 0L] }));
    }

    [Test]
    public void A_domain_that_allows_none_is_refused_by_name_because_zero_would_mean_unlimited()
    {
        using MailFile file = new();
        file.MoveTo(23, seed: true);
        file.Execute("UPDATE domain SET max_users = 0 WHERE name = 'other.org'");
        IReadOnlyList<string> before = file.StoredRows();

        Assert.That(() => file.MoveTo(22), Throws.TypeOf<UpgradeFailedException>().With.InnerException.InstanceOf<RowsRefusedException>().And.InnerException.Message.Contains("other.org"));

        Assert.That(file.StoredRows(), Is.EqualTo(before));
    }

    [Test]
    public void Large_quotas_are_kept_when_the_type_is_smaller_by_name_only()
    {
        using MailFile file = new();
        file.MoveTo(24, seed: true);
        file.Execute("UPDATE user SET quota_bytes = 9007199254740993");

        file.MoveTo(23);

        using SqliteConnection connection = file.Open();
        Assert.That(connection.Scalar<long>("SELECT min(quota_bytes) FROM user"), Is.EqualTo(9007199254740993));
    }
}
