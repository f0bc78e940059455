using MailServer;
using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.MailServer;

/// <summary>The history by itself: whole after each step, one pass for each table, all the way down and up again.</summary>
internal sealed class HistoryTests
{
    // What has to be read or written row by row. A cheaper way for any of them is welcome, a copy of another table is not.
    private static readonly Dictionary<int, string[]> MayBeCopied = new()
    {
        [2] = ["user"],
        [4] = ["user"],
        [5] = ["user"],
        [22] = ["alias", "alternative", "domain", "fetch", "manager", "relay", "token", "user"],
        [23] = ["domain"],
        [24] = ["domain", "user"],
        [30] = ["alias", "domain_access"],
        [32] = ["alias", "alternative", "domain", "domain_access", "fetch", "manager", "relay", "token", "user"],
    };

    [Test]
    public void Revisions_are_numbered_without_gaps() =>
        Assert.That(History.Revisions.Select(revision => revision.Number), Is.EqualTo(Enumerable.Range(0, 33)));

    [Test]
    public void Each_revision_is_recorded_in_the_default_version_table()
    {
        using MailFile file = new();

        file.MoveTo(History.Newest);

        using SqliteConnection connection = file.Open();
        Assert.That(
            connection.Rows("SELECT Version, Description FROM VersionInfo ORDER BY Version"),
            Is.EqualTo(History.Revisions.Select(revision => new object[] { revision.Number + 1L, revision.Description })));
    }

    [Test]
    public void Each_step_leaves_a_whole_database()
    {
        using MailFile file = new();
        int steps = 0;
        foreach (RevisionStep step in file.Steps(History.Newest, seed: true).Concat(file.Steps(0)))
        {
            using SqliteConnection connection = file.Open();
            Assert.That(Integrity.Problems(connection), Is.Empty, step.Revision.Description);
            steps++;
        }

        Assert.That(steps, Is.EqualTo(33 + 32));
    }

    [Test]
    public void Each_step_passes_over_a_table_once_at_most_and_copies_only_what_it_must()
    {
        using MailFile file = new();

        IReadOnlyList<RevisionStep> steps = file.MoveTo(History.Newest, seed: true);

        foreach (RevisionStep step in steps)
        {
            Assert.That(
                step.Alterations.Select(alteration => alteration.Table), Is.Unique, $"alterations of {step.Revision.Description}");
            Assert.That(
                step.Alterations.SelectMany(alteration => alteration.Plans).Where(IsCopy).Select(plan => plan.Table),
                Is.Unique.And.SubsetOf(MayBeCopied.GetValueOrDefault(step.Revision.Number, [])),
                $"copies of {step.Revision.Description}");
        }

        // The original copies tables 59 times for the same result.
        Assert.That(steps.SelectMany(step => step.Alterations).SelectMany(alteration => alteration.Plans).Count(IsCopy), Is.InRange(1, 14));
    }

    [Test]
    public void Going_down_gives_back_each_earlier_schema_and_up_again_each_later_one()
    {
        using MailFile file = new();
        List<IReadOnlyList<string>> meanings = [.. file.Steps(History.Newest, seed: true).Select(_ => file.Meaning())];
        IReadOnlyList<string> rows = RowsOfFirstColumns(file);

        // A step down leads to the revision before it.
        AssertMeaning(file, file.Steps(0), step => meanings[step.Revision.Number - 1], steps: 32);
        AssertMeaning(file, file.Steps(History.Newest), step => meanings[step.Revision.Number], steps: 32);

        Assert.That(LineDifferences.Between(RowsOfFirstColumns(file), rows), Is.Empty);
    }

    [Test]
    public void Going_below_the_first_revision_leaves_no_table_of_the_application()
    {
        using MailFile file = new();
        file.MoveTo(History.Newest, seed: true);

        file.MoveTo(-1);

        Assert.That(file.Meaning(), Is.Empty);
    }

    private static void AssertMeaning(
        MailFile file, IEnumerable<RevisionStep> taken, Func<RevisionStep, IReadOnlyList<string>> expected, int steps)
    {
        int count = 0;
        foreach (RevisionStep step in taken)
        {
            string direction = step.IsUp ? "up" : "down";
            Assert.That(LineDifferences.Between(file.Meaning(), expected(step)), Is.Empty, $"{direction}, {step.Revision.Description}");
            count++;
        }

        Assert.That(count, Is.EqualTo(steps));
    }

    private static bool IsCopy(AlterationPlan plan) => plan.Strategy == AlterationStrategy.Copy;

    // The columns of revision 0, which no Down takes away. Revision 2 sets every threshold to 10 again, by intention.
    private static IReadOnlyList<string> RowsOfFirstColumns(MailFile file)
    {
        using SqliteConnection connection = file.Open();
        return
        [
            .. new[]
            {
                "SELECT 'alias', created_at, updated_at, comment, localpart, destination, domain_name, email FROM alias",
                "SELECT 'domain', created_at, updated_at, comment, name, max_users, max_aliases FROM domain",
                "SELECT 'fetch', created_at, updated_at, comment, id, user_email, protocol, host, port, tls, username, password FROM fetch",
                "SELECT 'manager', domain_name, user_email FROM manager",
                "SELECT 'user', created_at, updated_at, comment, localpart, password, quota_bytes, global_admin, enable_imap, enable_pop, "
                    + "forward_enabled, forward_destination, reply_enabled, reply_subject, reply_body, displayed_name, spam_enabled, "
                    + "domain_name, email FROM user",
            }
                .SelectMany(connection.Rows)
                .Select(row => string.Join('|', row.Select(value => value ?? "NULL")))
                .Order(StringComparer.Ordinal),
        ];
    }
}
