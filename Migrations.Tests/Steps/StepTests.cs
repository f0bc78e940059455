using Migrations.Testing;
using NUnit.Framework;
using static Migrations.Tests.Steps.MailSteps;

namespace Migrations.Tests.Steps;

[TestFixture(DatabaseStorage.Memory)]
[TestFixture(DatabaseStorage.TemporaryFile)]
public sealed class StepTests(DatabaseStorage storage)
{
    [Test]
    public void Apply_and_Revert_convert_the_rows_that_are_there()
    {
        using MigratedDatabase database = MigratedDatabase.Before<SpamInPercent>(In(storage));
        database.Insert("user", new { email = "a@b.c", spam_threshold = 12 });
        database.Apply<SpamInPercent>();
        Assert.That(database.Query<(string, int)>("SELECT email, spam_threshold FROM user"), Is.EqualTo([("a@b.c", 80)]));
        database.Revert<SpamInPercent>();
        Assert.That(database.Single<int>("SELECT spam_threshold FROM user"), Is.EqualTo(12));
    }
}
