using Microsoft.Data.Sqlite;
using Migrations.Runner.Drafting;
using Migrations.Tests.MailServer;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Drafting;

/// <summary>A real application's history: what is drafted between two of its revisions leads there and back.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class MailServerDraftTests
{
    private static IEnumerable<int> Revisions => Enumerable.Range(0, ReferenceHistory.Newest + 1);

    private static IEnumerable<int> LaterRevisions => Revisions.Skip(1);

    [TestCaseSource(nameof(LaterRevisions))]
    public void Draft_from_the_revision_before_leads_there_and_back(int revision)
    {
        using SqliteConnection current = ReferenceHistory.After(revision - 1);
        using SqliteConnection wanted = ReferenceHistory.After(revision);
        MigrationDraft draft = DraftProof.Hold(current, wanted);
        Assert.That(draft.LeftByUp.Concat(draft.LeftByDown), Is.Empty, draft.Code);
    }

    [TestCaseSource(nameof(Revisions))]
    public void Draft_from_nothing_leads_there_and_back(int revision)
    {
        using TestDatabase empty = TestDatabase.InMemory();
        using SqliteConnection wanted = ReferenceHistory.After(revision);
        MigrationDraft draft = DraftProof.Hold(empty.Connection, wanted);
        Assert.That(draft.LeftByUp.Concat(draft.LeftByDown), Is.Empty, draft.Code);
    }
}
