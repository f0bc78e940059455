using Migrations.Runner.Drafting;
using Migrations.Tests.Corpus;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Drafting;

/// <summary>The schemas of real applications: what is drafted from nothing makes them, and takes them away.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class CorpusDraftTests
{
    private static IEnumerable<string> Names => CorpusDatabase.Names;

    [TestCaseSource(nameof(Names))]
    public void Draft_from_nothing_leads_there_and_back(string name)
    {
        using TestDatabase empty = TestDatabase.InMemory();
        using TestDatabase wanted = CorpusDatabase.Of(name).Copy();
        MigrationDraft draft = DraftProof.Hold(empty.Connection, wanted.Connection, connection => CorpusDatabase.Prepare(name, connection));
        Assert.That(draft.LeftByUp.Concat(draft.LeftByDown), Is.Empty, draft.Code);
    }
}
