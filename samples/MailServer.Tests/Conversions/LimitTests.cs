using MailServer.Revisions;
using Migrations.Core;
using Migrations.Runner;
using Migrations.Testing;
using NUnit.Framework;
using static MailServer.Tests.MailRows;

namespace MailServer.Tests.Conversions;

/// <summary>Revision 23: without a limit is -1, where it was 0.</summary>
internal sealed class LimitTests
{
    private const string Limits = "SELECT max_users, max_aliases FROM domain";

    [TestCase(0, 0, -1, -1)]
    [TestCase(0, 10, -1, 10)]
    [TestCase(5, 0, 5, -1)]
    [TestCase(1, 1000, 1, 1000)]
    [TestCase(-1, 0, -1, -1)]
    public void Unlimited_becomes_minus_1_and_every_other_limit_stays(long users, long aliases, long usersAfter, long aliasesAfter)
    {
        using MigratedDatabase database = MigratedDatabase.Before<R23_UnlimitedIsMinusOne>();
        database.Insert("domain", Domain("example.org", ("max_users", users), ("max_aliases", aliases)));

        database.Apply<R23_UnlimitedIsMinusOne>();

        Assert.That(database.Single<(long, long)>(Limits), Is.EqualTo((usersAfter, aliasesAfter)));
    }

    [Test]
    public void New_domains_are_without_a_limit()
    {
        using MigratedDatabase database = MigratedDatabase.After<R23_UnlimitedIsMinusOne>();

        database.Insert("domain", new { name = "example.org", created_at = "2023-01-01" });

        Assert.That(database.Single<(long, long)>(Limits), Is.EqualTo((-1L, -1L)));
    }

    [TestCase(-1, 10, 0, 10)]
    [TestCase(5, -1, 5, 0)]
    public void Taken_back_unlimited_is_0_again(long users, long aliases, long usersBefore, long aliasesBefore)
    {
        using MigratedDatabase database = MigratedDatabase.After<R23_UnlimitedIsMinusOne>();
        database.Insert("domain", Domain("example.org", ("max_users", users), ("max_aliases", aliases)));

        database.Revert<R23_UnlimitedIsMinusOne>();

        Assert.That(database.Single<(long, long)>(Limits), Is.EqualTo((usersBefore, aliasesBefore)));
    }

    [TestCase(0, -1)]
    [TestCase(-1, 0)]
    public void Taken_back_is_refused_by_name_where_a_domain_allows_none_because_0_would_be_unlimited(long users, long aliases)
    {
        using MigratedDatabase database = MigratedDatabase.After<R23_UnlimitedIsMinusOne>();
        database.Insert(
            "domain",
            Domain("open.example", ("max_users", -1), ("max_aliases", -1)),
            Domain("closed.example", ("max_users", users), ("max_aliases", aliases)));

        Assert.That(
            () => database.Revert<R23_UnlimitedIsMinusOne>(),
            Throws.TypeOf<UpgradeFailedException>().With.InnerException.TypeOf<RowsRefusedException>()
                .And.InnerException.Message.Contains("closed.example").And.InnerException.Message.Not.Contains("open.example"));
        Assert.That(database.Query<(long, long)>(Limits + " ORDER BY rowid"), Is.EqualTo(new[] { (-1L, -1L), (users, aliases) }));
    }
}
