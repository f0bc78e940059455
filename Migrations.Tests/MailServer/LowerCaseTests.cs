using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.MailServer;

/// <summary>Revisions 22 and 32: names and addresses in lower case, with all that refers to them.</summary>
internal sealed class LowerCaseTests
{
    [TestCase(22)]
    [TestCase(32)]
    public void Letters_beyond_ascii_are_lowered_with_the_rows_that_refer_to_them(int revision)
    {
        using MailFile file = new();
        file.MoveTo(revision - 1);
        file.Execute("INSERT INTO domain (created_at, name, max_users, max_aliases) VALUES ('2020-01-01', 'MÜNCHEN.example', 0, 0)");
        AddUser(file, "ÄRGER", "MÜNCHEN.example");
        file.Execute("INSERT INTO manager (domain_name, user_email) VALUES ('MÜNCHEN.example', 'ÄRGER@MÜNCHEN.example')");
        file.Execute("INSERT INTO token (created_at, user_email, password) VALUES ('2020-01-01', 'ÄRGER@MÜNCHEN.example', 'Secret')");

        file.MoveTo(revision);

        using SqliteConnection connection = file.Open();
        Integrity.Check(connection);
        Assert.That(connection.Scalar<string>("SELECT name FROM domain"), Is.EqualTo("münchen.example"));
        Assert.That(connection.Rows("SELECT localpart, domain_name, email FROM user")[0], Is.EqualTo(new[] { "ärger", "münchen.example", "ärger@münchen.example" }));
        Assert.That(connection.Rows("SELECT domain_name, user_email FROM manager")[0], Is.EqualTo(new[] { "münchen.example", "ärger@münchen.example" }));
        Assert.That(connection.Rows("SELECT user_email, password FROM token")[0], Is.EqualTo(new[] { "ärger@münchen.example", "Secret" }));
    }

    [TestCase(22)]
    [TestCase(32)]
    public void Addresses_that_differ_only_in_case_are_refused_by_name_and_nothing_changes(int revision)
    {
        using MailFile file = new();
        file.MoveTo(revision - 1, seed: true);
        AddUser(file, "BÖB", "other.org");
        AddUser(file, "böb", "other.org");
        DatabaseSnapshot before = Snapshot(file);

        Assert.That(() => file.MoveTo(revision), Throws.TypeOf<UpgradeFailedException>().With.InnerException.InstanceOf<RowsRefusedException>()
            .And.InnerException.Message.Contains("BÖB@other.org").And.InnerException.Message.Contains("böb@other.org")
            .And.InnerException.Property(nameof(RowsRefusedException.Table)).EqualTo("user"));

        Snapshot(file).AssertSameAs(before);
    }

    [Test]
    public void Relays_that_differ_only_in_case_are_refused_by_name()
    {
        using MailFile file = new();
        file.MoveTo(31);
        file.Execute("INSERT INTO relay (created_at, name) VALUES ('2020-01-01', 'Same.example'), ('2020-01-01', 'SAME.example')");

        Assert.That(() => file.MoveTo(32), Throws.TypeOf<UpgradeFailedException>().With.InnerException.InstanceOf<RowsRefusedException>()
            .And.InnerException.Message.Contains("Same.example").And.InnerException.Message.Contains("SAME.example")
            .And.InnerException.Property(nameof(RowsRefusedException.Table)).EqualTo("relay"));
    }

    [Test]
    public void Access_of_one_user_twice_in_different_case_is_refused_by_name()
    {
        using MailFile file = new();
        file.MoveTo(31, seed: true);
        AddUser(file, "dave", "other.org");
        file.Execute("INSERT INTO domain_access (domain_name, user_email, created_at) VALUES ('other.org', 'dave@other.org', '2026-01-01')");
        file.Execute("PRAGMA foreign_keys = OFF; INSERT INTO domain_access (domain_name, user_email, created_at) VALUES ('other.org', 'Dave@other.org', '2026-01-01')");

        Assert.That(() => file.MoveTo(32), Throws.TypeOf<UpgradeFailedException>().With.InnerException.InstanceOf<RowsRefusedException>()
            .And.InnerException.Message.Contains("Dave@other.org").And.InnerException.Message.Contains("dave@other.org"));
    }

    private static void AddUser(MailFile file, string localpart, string domain) => file.Execute(
        "INSERT INTO user (created_at, localpart, password, quota_bytes, global_admin, enable_imap, enable_pop, forward_enabled, "
        + "reply_enabled, displayed_name, spam_enabled, domain_name, email) "
        + $"VALUES ('2020-01-01', '{localpart}', 'p', 1, 0, 1, 1, 0, 0, '', 1, '{domain}', '{localpart}@{domain}')");

    private static DatabaseSnapshot Snapshot(MailFile file)
    {
        using SqliteConnection connection = file.Open();
        return DatabaseSnapshot.Of(connection);
    }
}
