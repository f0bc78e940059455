using Migrations.Testing;
using NUnit.Framework;

namespace MailServer.Tests;

/// <summary>Every revision is taken back with rows in every table.</summary>
internal sealed class DownTests
{
    private static readonly string[] Addresses =
    [
        "domain.name", "alternative.name", "alternative.domain_name", "relay.name", "user.localpart", "user.domain_name", "user.email",
        "alias.localpart", "alias.domain_name", "alias.email", "alias.owner_email", "fetch.user_email", "token.user_email",
        "manager.domain_name", "manager.user_email", "domain_access.domain_name", "domain_access.user_email",
    ];

    /// <summary>The columns in which revisions change values for good, as they say themselves.</summary>
    private static readonly Dictionary<int, string[]> ChangedForGood = new()
    {
        [2] = ["user.spam_threshold"],
        [4] = ["user.spam_threshold"],
        [5] = ["user.spam_threshold"],
        [22] = Addresses,
        [32] = Addresses,
    };

    private static IEnumerable<TestCaseData<int>> Revisions =>
        History.Revisions.Select(revision => new TestCaseData<int>(revision.Number).SetArgDisplayNames(revision.Description));

    [TestCaseSource(nameof(Revisions))]
    public void Taken_back_gives_every_row_that_was_not_changed_for_good(int revision)
    {
        using MigratedDatabase database = Mail.Before(revision);
        if (revision > 0)
        {
            database.Fill(Mail.Rows);
        }

        IReadOnlyList<string> columns = Columns(database, revision);
        IReadOnlyList<IReadOnlyList<object?>> before = Values(database, columns);

        database.MigrateTo(RevisionAttribute.VersionOf(revision));
        database.MigrateTo(RevisionAttribute.VersionOf(revision) - 1);

        Assert.That(columns, Has.Count.GreaterThan(revision == 0 ? -1 : 20));
        Assert.That(Values(database, columns), Is.EqualTo(before));
        Assert.That(Columns(database, revision), Is.EqualTo(columns));
    }

    private static List<string> Columns(MigratedDatabase database, int revision) => database.Query<string>("""
        SELECT tables.name || '.' || columns.name
        FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
        WHERE tables.type = 'table' AND tables.name NOT IN ('VersionInfo', '__VersionHistory')
        ORDER BY tables.name, columns.cid
        """).Except(ChangedForGood.GetValueOrDefault(revision, []), StringComparer.Ordinal).ToList();

    private static List<IReadOnlyList<object?>> Values(MigratedDatabase database, IEnumerable<string> columns) =>
        [.. columns.Select(column => column.Split('.')).Select(column => database.Query<object?>($"SELECT {column[1]} FROM {column[0]} ORDER BY rowid"))];
}
