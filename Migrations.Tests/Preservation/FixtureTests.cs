using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Preservation;

/// <summary>The fixture itself is sound: what the other tests compare with is what they think it is.</summary>
[TestFixture]
public sealed class FixtureTests
{
    [Test]
    public void Fixture_is_whole_and_the_same_in_every_place([Values] PreservationPlace place)
    {
        using PreservationDatabase database = PreservationDatabase.Open(place);
        DatabaseSnapshot before = database.Snapshot();

        Integrity.Check(database.Connection, database.Name);
        Assert.That(database.Behaviour().DifferencesFrom(PreservationDatabase.BehaviourBefore, []), Is.Empty);
        database.Snapshot().AssertSameAs(before);
        Assert.That(before.Tables.Where(table => table.Value.Rows.IsEmpty).Select(table => table.Key), Is.SubsetOf(new[] { "emptied", "untouched", "doc_fts_content", "notes_docsize" }));
    }
}
