using MailServer.Revisions;
using Migrations.Testing;
using NUnit.Framework;
using static MailServer.Tests.MailRows;

namespace MailServer.Tests.Conversions;

/// <summary>Columns that came later: what rows from before hold in them, and what rows get that don't name them.</summary>
internal sealed class NewColumnTests
{
    [TestCase(1, "alias", "wildcard", 0L)]
    [TestCase(3, "fetch", "error", null)]
    [TestCase(3, "fetch", "last_check", null)]
    [TestCase(6, "domain", "max_quota_bytes", 0L)]
    [TestCase(7, "fetch", "keep", 0L)]
    [TestCase(8, "user", "forward_keep", 1L)]
    [TestCase(13, "user", "reply_enddate", "2999-12-31")]
    [TestCase(14, "domain", "signup_enabled", 0L)]
    [TestCase(15, "user", "enabled", 1L)]
    [TestCase(17, "user", "quota_bytes_used", 0L)]
    [TestCase(18, "user", "reply_startdate", "1900-01-01")]
    [TestCase(21, "config", "comment", null)]
    [TestCase(21, "config", "created_at", "1900-01-01")]
    [TestCase(21, "config", "updated_at", null)]
    [TestCase(25, "user", "spam_mark_as_read", 0L)]
    [TestCase(26, "fetch", "scan", 0L)]
    [TestCase(26, "fetch", "folders", null)]
    [TestCase(27, "user", "allow_spoofing", 0L)]
    [TestCase(29, "user", "change_pw_next_login", 0L)]
    [TestCase(30, "alias", "hostname", null)]
    [TestCase(30, "alias", "owner_email", null)]
    [TestCase(30, "alias", "disabled", 0L)]
    [TestCase(30, "domain", "anonmail_enabled", 0L)]
    [TestCase(31, "fetch", "invisible", 0L)]
    public void Rows_of_before_and_rows_that_do_not_name_it_hold_the_default(int revision, string table, string column, object? value)
    {
        using MigratedDatabase database = Mail.Before(revision);
        AddOneOfEach(database, "old.example");

        database.MigrateTo(RevisionAttribute.VersionOf(revision));
        AddOneOfEach(database, "new.example");

        Assert.That(database.Query<object?>($"SELECT {column} FROM {table}"), Is.EqualTo(new[] { value, value }));
    }

    [Test]
    public void Result_of_a_fetch_is_gone_when_revision_3_is_taken_back_and_the_fetch_stays()
    {
        using MigratedDatabase database = MigratedDatabase.After<R03_ResultOfFetches>();
        AddOneOfEach(database, "example.org");
        database.Execute("UPDATE fetch SET error = 'boom', last_check = '2016-09-11 10:00:00.000000'");

        database.Revert<R03_ResultOfFetches>();

        Assert.That(
            database.Single<(string, string, long)>("SELECT user_email, host, port FROM fetch"),
            Is.EqualTo(("bob@example.org", "imap.example.net", 993L)));
    }

    [Test]
    public void Revision_30_lets_a_user_own_aliases_and_holds_them_to_it()
    {
        using MigratedDatabase database = MigratedDatabase.After<R30_AnonymousAddresses>();
        AddOneOfEach(database, "example.org");

        database.Insert("alias", Alias("shop@example.org", "bob@example.org", ("owner_email", "bob@example.org")));

        Assert.That(
            () => database.Insert("alias", Alias("other@example.org", "bob@example.org", ("owner_email", "nobody@example.org"))),
            Throws.Exception.With.Message.Contains("FOREIGN KEY constraint failed"));
    }

    [Test]
    public void Revision_30_gives_access_to_a_domain_once()
    {
        using MigratedDatabase database = MigratedDatabase.After<R30_AnonymousAddresses>();
        AddOneOfEach(database, "example.org");
        var access = new { domain_name = "example.org", user_email = "bob@example.org", created_at = "2025-12-28" };

        database.Insert("domain_access", access);

        Assert.That(
            () => database.Insert("domain_access", access),
            Throws.Exception.With.Message.Contains("UNIQUE constraint failed: domain_access.domain_name, domain_access.user_email"));
    }

    private static void AddOneOfEach(MigratedDatabase database, string domain)
    {
        string email = "bob@" + domain;
        database.Insert("domain", Domain(domain));
        database.Insert("user", database.Version > 3 ? User(email) : User(email, ("spam_threshold", 10)));
        database.Insert("alias", Alias(email, email));
        database.Insert("fetch", Fetch(email));
        if (database.Version > RevisionAttribute.VersionOf(19))
        {
            database.Insert("config", new { name = domain, value = "\"abc\"" });
        }
    }
}
