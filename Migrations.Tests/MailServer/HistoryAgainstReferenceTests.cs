using MailServer;
using Microsoft.Data.Sqlite;
using NUnit.Framework;

namespace Migrations.Tests.MailServer;

/// <summary>
/// The history, step by step, beside what the original application's migrations made of the same rows. There is no list of
/// allowed differences, because there is none to allow.
/// </summary>
internal sealed class HistoryAgainstReferenceTests
{
    [Test]
    public void Each_revision_leaves_the_schema_and_the_rows_of_the_reference()
    {
        using MailFile file = new();
        List<int> revisions = [];
        foreach (RevisionStep step in file.Steps(History.Newest, seed: true))
        {
            int revision = step.Revision.Number;
            using SqliteConnection reference = ReferenceHistory.After(revision);
            revisions.Add(revision);
            Assert.That(LineDifferences.Between(file.Meaning(), SchemaMeaning.Of(reference)), Is.Empty, $"schema after revision {revision}");
            Assert.That(LineDifferences.Between(file.StoredRows(), StoredRows.Of(reference)), Is.Empty, $"rows after revision {revision}");
        }

        Assert.That(revisions, Is.EqualTo(Enumerable.Range(0, ReferenceHistory.Newest + 1)));
    }

    [Test]
    public void All_revisions_in_one_run_leave_the_schema_and_the_rows_of_the_reference()
    {
        using SqliteConnection reference = ReferenceHistory.After(ReferenceHistory.Newest);
        using MailFile file = new();

        file.MoveTo(History.Newest, seed: true);

        Assert.That(LineDifferences.Between(file.Meaning(), SchemaMeaning.Of(reference)), Is.Empty);
        Assert.That(LineDifferences.Between(file.StoredRows(), StoredRows.Of(reference)), Is.Empty);
    }

    [Test]
    public void An_old_database_with_rows_goes_to_the_newest_without_new_rows()
    {
        using MailFile file = new();
        file.MoveTo(3, seed: true);

        file.MoveTo(History.Newest);

        using SqliteConnection reference = ReferenceHistory.After(ReferenceHistory.Newest);
        Assert.That(LineDifferences.Between(file.Meaning(), SchemaMeaning.Of(reference)), Is.Empty);
        Assert.That(file.StoredRows(), Has.Exactly(2).StartsWith("alias: ").And.Exactly(4).StartsWith("user: "));
    }
}
