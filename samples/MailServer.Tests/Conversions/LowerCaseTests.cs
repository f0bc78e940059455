using MailServer.Revisions;
using Migrations.Core;
using Migrations.Runner;
using Migrations.Testing;
using NUnit.Framework;
using NUnit.Framework.Constraints;
using static MailServer.Tests.MailRows;

namespace MailServer.Tests.Conversions;

/// <summary>Revisions 22 and 32: names and addresses in lower case, with all that refers to them.</summary>
[TestFixture(typeof(R22_LowerCaseNamesAndAddresses))]
[TestFixture(typeof(R32_LowerCaseOfNewerAddresses))]
internal sealed class LowerCaseTests<TRevision>
    where TRevision : FluentMigrator.Migration
{
    [TestCase("Bob@Example.ORG", "bob@example.org")]
    [TestCase("ÄRGER@MÜNCHEN.example", "ärger@münchen.example")]
    [TestCase("ŁÓDŹ@ŻÓŁW.example", "łódź@żółw.example")]
    [TestCase("ΑΘΗΝΑ@Ελλάδα.example", "αθηνα@ελλάδα.example")]
    [TestCase("O'Brien+Lists@Example.org", "o'brien+lists@example.org")]
    [TestCase("STRAẞE@straße.example", "straße@straße.example")]
    [TestCase("already@lower.example", "already@lower.example")]
    public void Addresses_are_lowered_with_all_that_refers_to_them(string address, string lowered)
    {
        using MigratedDatabase database = MigratedDatabase.Before<TRevision>();
        string domain = AddUser(database, address);
        database.Insert("alias", Alias(address, address));
        database.Insert("fetch", Fetch(address));
        database.Insert("token", Token(address));
        database.Insert("manager", new { domain_name = domain, user_email = address });
        database.Insert("alternative", new { created_at = "2017-09-04", name = "Alt." + domain, domain_name = domain });
        database.Insert("relay", new { created_at = "2017-09-11", name = "Relay." + domain, smtp = "Smtp.Example.NET:25" });

        database.Apply<TRevision>();

        string[] parts = lowered.Split('@');
        Assert.That(database.Query<string>("SELECT name FROM domain"), Is.EqualTo(new[] { parts[1] }));
        Assert.That(database.Query<(string, string, string)>("SELECT localpart, domain_name, email FROM user"), Is.EqualTo(new[] { (parts[0], parts[1], lowered) }));
        Assert.That(database.Query<(string, string, string)>("SELECT localpart, domain_name, email FROM alias"), Is.EqualTo(new[] { (parts[0], parts[1], lowered) }));
        Assert.That(database.Query<string>("SELECT user_email FROM fetch UNION ALL SELECT user_email FROM token"), Is.EqualTo(new[] { lowered, lowered }));
        Assert.That(database.Query<(string, string)>("SELECT domain_name, user_email FROM manager"), Is.EqualTo(new[] { (parts[1], lowered) }));
        Assert.That(database.Query<(string, string)>("SELECT name, domain_name FROM alternative"), Is.EqualTo(new[] { ("alt." + parts[1], parts[1]) }));
        Assert.That(database.Query<string>("SELECT name FROM relay"), Is.EqualTo(new[] { "relay." + parts[1] }));
    }

    [Test]
    public void What_is_no_name_and_no_key_stays_as_it_was_written()
    {
        using MigratedDatabase database = MigratedDatabase.Before<TRevision>();
        AddUser(database, "Bob@Example.org", ("displayed_name", "Bob Ünïcode"), ("forward_destination", "Ann@Example.COM"));
        database.Insert("alias", Alias("Info@Example.org", "Bob@Example.org"));
        database.Insert("fetch", Fetch("Bob@Example.org", ("username", "Bob@GMX.example")));
        database.Insert("relay", new { created_at = "2017-09-11", name = "Relay.example", smtp = "Smtp.Example.NET:25" });

        database.Apply<TRevision>();

        Assert.That(
            database.Single<(string, string, string)>("SELECT password, displayed_name, forward_destination FROM user"),
            Is.EqualTo(("{BLF-CRYPT}$2y$05$x'y", "Bob Ünïcode", "Ann@Example.COM")));
        Assert.That(database.Single<string>("SELECT destination FROM alias"), Is.EqualTo("Bob@Example.org"));
        Assert.That(database.Single<string>("SELECT username FROM fetch"), Is.EqualTo("Bob@GMX.example"));
        Assert.That(database.Single<string>("SELECT smtp FROM relay"), Is.EqualTo("Smtp.Example.NET:25"));
    }

    [Test]
    public void Managers_and_alternatives_that_refer_to_nothing_stay()
    {
        using MigratedDatabase database = MigratedDatabase.Before<TRevision>();
        database.Insert("manager", new { domain_name = (string?)null, user_email = (string?)null });
        database.Insert("alternative", new { created_at = "2017-09-04", name = "Alt.example", domain_name = (string?)null });

        database.Apply<TRevision>();

        Assert.That(database.Single<(string?, string?)>("SELECT domain_name, user_email FROM manager"), Is.EqualTo(((string?)null, (string?)null)));
        Assert.That(database.Single<(string, string?)>("SELECT name, domain_name FROM alternative"), Is.EqualTo(("alt.example", (string?)null)));
    }

    [Test]
    public void Same_local_part_in_several_domains_is_no_duplicate()
    {
        using MigratedDatabase database = MigratedDatabase.Before<TRevision>();
        AddUser(database, "Info@One.example");
        AddUser(database, "info@two.example");

        database.Apply<TRevision>();

        Assert.That(
            database.Query<string>("SELECT email FROM user ORDER BY email"), Is.EqualTo(new[] { "info@one.example", "info@two.example" }));
    }

    [TestCase("Bob", "bob")]
    [TestCase("BÖB", "böb")]
    public void Users_who_differ_only_in_case_are_refused_by_name_and_nothing_changes(string first, string second)
    {
        using MigratedDatabase database = MigratedDatabase.Before<TRevision>();
        AddUser(database, $"{first}@Example.org");
        database.Insert("user", User($"{second}@Example.org"));

        Assert.That(() => database.Apply<TRevision>(), Refuses("user", $"{first}@Example.org", $"{second}@Example.org"));
        Assert.That(database.Query<string>("SELECT name FROM domain"), Is.EqualTo(new[] { "Example.org" }));
    }

    [Test]
    public void Domains_that_differ_only_in_case_are_refused_by_name()
    {
        using MigratedDatabase database = MigratedDatabase.Before<TRevision>();
        database.Insert("domain", Domain("Straße.example"), Domain("STRAẞE.example"));

        Assert.That(() => database.Apply<TRevision>(), Refuses("domain", "Straße.example", "STRAẞE.example"));
    }

    [Test]
    public void Relays_that_differ_only_in_case_are_refused_by_name()
    {
        using MigratedDatabase database = MigratedDatabase.Before<TRevision>();
        database.Insert("relay", new { created_at = "2020-01-01", name = "Same.example" }, new { created_at = "2020-01-01", name = "SAME.example" });

        Assert.That(() => database.Apply<TRevision>(), Refuses("relay", "Same.example", "SAME.example"));
    }

    private static string AddUser(MigratedDatabase database, string email, params (string Column, object? Value)[] others)
    {
        string domain = email.Split('@')[1];
        database.Insert("domain", Domain(domain));
        database.Insert("user", User(email, others));
        return domain;
    }

    private static ContainsConstraint Refuses(string table, string first, string second) =>
        Throws.TypeOf<UpgradeFailedException>().With.InnerException.TypeOf<RowsRefusedException>()
            .And.InnerException.Property(nameof(RowsRefusedException.Table)).EqualTo(table)
            .And.InnerException.Message.Contains(first).And.InnerException.Message.Contains(second);
}
