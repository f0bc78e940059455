using MailServer.Revisions;
using Migrations.Core;
using Migrations.Runner;
using Migrations.Testing;
using NUnit.Framework;
using static MailServer.Tests.MailRows;

namespace MailServer.Tests.Conversions;

/// <summary>Revision 32 beyond revision 22: the tables and columns that came between them.</summary>
internal sealed class NewerAddressTests
{
    [Test]
    public void Owners_of_anonymous_addresses_and_those_with_access_are_lowered()
    {
        using MigratedDatabase database = MigratedDatabase.Before<R32_LowerCaseOfNewerAddresses>();
        AddUsers(database, "Ólafur@Ísland.example");
        database.Insert("alias", Alias("Shop@Ísland.example", "Ólafur@Ísland.example", ("owner_email", "Ólafur@Ísland.example"), ("hostname", "Shop.example")));
        database.Insert(
            "domain_access",
            new { domain_name = "Ísland.example", user_email = "Ólafur@Ísland.example", created_at = "2025-12-28" },
            new { domain_name = "Ísland.example", user_email = (string?)null, created_at = "2025-12-28" });

        database.Apply<R32_LowerCaseOfNewerAddresses>();

        Assert.That(
            database.Single<(string, string, string)>("SELECT email, owner_email, hostname FROM alias"),
            Is.EqualTo(("shop@ísland.example", "ólafur@ísland.example", "Shop.example")));
        Assert.That(
            database.Query<(string, string?)>("SELECT domain_name, user_email FROM domain_access ORDER BY id"),
            Is.EqualTo(new[] { ("ísland.example", "ólafur@ísland.example"), ("ísland.example", (string?)null) }));
    }

    [Test]
    public void Access_for_everybody_twice_is_no_duplicate()
    {
        using MigratedDatabase database = MigratedDatabase.Before<R32_LowerCaseOfNewerAddresses>();
        AddUsers(database, "bob@Example.org");
        database.Insert(
            "domain_access",
            new { domain_name = "Example.org", user_email = (string?)null, created_at = "2025-12-28" },
            new { domain_name = "Example.org", user_email = (string?)null, created_at = "2025-12-29" });

        database.Apply<R32_LowerCaseOfNewerAddresses>();

        Assert.That(database.Query<string>("SELECT domain_name FROM domain_access"), Is.EqualTo(new[] { "example.org", "example.org" }));
    }

    [Test]
    public void Access_of_one_user_twice_in_different_case_is_refused_by_name()
    {
        using MigratedDatabase database = MigratedDatabase.Before<R32_LowerCaseOfNewerAddresses>();
        AddUsers(database, "dave@other.org");
        database.Execute("PRAGMA foreign_keys = OFF");
        database.Insert(
            "domain_access",
            new { domain_name = "other.org", user_email = "dave@other.org", created_at = "2026-01-01" },
            new { domain_name = "other.org", user_email = "Dave@other.org", created_at = "2026-01-01" });

        Assert.That(
            () => database.Apply<R32_LowerCaseOfNewerAddresses>(),
            Throws.TypeOf<UpgradeFailedException>().With.InnerException.TypeOf<RowsRefusedException>()
                .And.InnerException.Message.Contains("Dave@other.org").And.InnerException.Message.Contains("dave@other.org"));
    }

    private static void AddUsers(MigratedDatabase database, string email)
    {
        database.Insert("domain", Domain(email.Split('@')[1]));
        database.Insert("user", User(email));
    }
}
