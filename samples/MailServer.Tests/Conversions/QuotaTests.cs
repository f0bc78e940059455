using MailServer.Revisions;
using Migrations.Testing;
using NUnit.Framework;
using static MailServer.Tests.MailRows;

namespace MailServer.Tests.Conversions;

/// <summary>Revision 24: quotas are declared BIGINT. SQLite has always held them in eight bytes, so none changes in either direction.</summary>
internal sealed class QuotaTests
{
    private const string Quotas = "SELECT max_quota_bytes, quota_bytes, quota_bytes_used FROM user JOIN domain ON domain.name = domain_name";

    [TestCase(0)]
    [TestCase(2_147_483_648)]
    [TestCase(9_007_199_254_740_993)]
    [TestCase(long.MaxValue)]
    public void Quotas_of_any_size_stay(long quota)
    {
        using MigratedDatabase database = MigratedDatabase.Before<R24_LargeQuotas>();
        AddUser(database, quota);

        database.Apply<R24_LargeQuotas>();

        Assert.That(database.Single<(long, long, long)>(Quotas), Is.EqualTo((quota, quota, quota)));
    }

    [TestCase(9_007_199_254_740_993)]
    [TestCase(long.MinValue)]
    public void Quotas_of_any_size_stay_when_the_type_is_smaller_by_name_only(long quota)
    {
        using MigratedDatabase database = MigratedDatabase.After<R24_LargeQuotas>();
        AddUser(database, quota);

        database.Revert<R24_LargeQuotas>();

        Assert.That(database.Single<(long, long, long)>(Quotas), Is.EqualTo((quota, quota, quota)));
    }

    private static void AddUser(MigratedDatabase database, long quota)
    {
        database.Insert("domain", Domain("example.org", ("max_quota_bytes", quota)));
        database.Insert("user", User("bob@example.org", ("quota_bytes", quota), ("quota_bytes_used", quota)));
    }
}
