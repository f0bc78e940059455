using Migrations.Runner;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Backups;

[Parallelizable(ParallelScope.All)]
internal sealed class RestoreTests
{
    private const string Damage = "DELETE FROM t WHERE id > 3; DROP TABLE keyed; CREATE TABLE other(a); PRAGMA user_version = 8";

    [Test]
    public void Restore_brings_everything_back_and_keeps_the_journal_mode([Values] JournalMode journal)
    {
        using BackedUp database = new(journal);
        DatabaseSnapshot before = database.Snapshot();
        DatabaseBackup backup = database.Make();
        database.Execute(Damage);

        database.Restore(backup);

        database.Snapshot().AssertSameAs(before);
        Assert.That(database.Files, Is.EquivalentTo(new[] { "test.db", Path.GetFileName(backup.Path) }));
    }

    [Test]
    public void RestoreEmpty_leaves_a_database_that_is_as_new([Values] JournalMode journal)
    {
        using BackedUp database = new(journal);

        database.Backups.RestoreEmpty(_ => { }, default);

        DatabaseSnapshot after = database.Snapshot();
        Assert.That(after.Schema, Is.Empty);
        Assert.That(after.Pragmas["user_version"], Is.EqualTo("0"));
        Assert.That(after.Pragmas["application_id"], Is.EqualTo("0"));
    }
}
