using MailServer.Revisions;
using Migrations.Testing;
using NUnit.Framework;

namespace Migrations.Tests.Steps;

public sealed class StepOptionsTests
{
    [Test]
    public void Before_and_After_need_no_options_where_the_assembly_is_the_migrations_own()
    {
        using MigratedDatabase before = MigratedDatabase.Before<R04_SpamThresholdInPercent>();
        using MigratedDatabase after = MigratedDatabase.After<R04_SpamThresholdInPercent>(new MigratedDatabaseOptions { Storage = DatabaseStorage.TemporaryFile });

        Assert.That(before.Path, Is.Null);
        Assert.That(after.Version, Is.GreaterThan(before.Version));
        Assert.That(after.Path, Is.Not.Null);
    }

    [Test]
    public void Options_without_assemblies_are_completed_by_that_of_the_migration()
    {
        MigratedDatabaseOptions asked = new() { Storage = DatabaseStorage.TemporaryFile, Folder = "here" };

        MigratedDatabaseOptions made = MigratedDatabase.OptionsFor(typeof(R04_SpamThresholdInPercent), asked);

        Assert.That((made.Assemblies.Single(), made.Storage, made.Folder), Is.EqualTo((typeof(R04_SpamThresholdInPercent).Assembly, asked.Storage, asked.Folder)));
        Assert.That(MigratedDatabase.OptionsFor(typeof(R04_SpamThresholdInPercent), null).Assemblies, Is.EqualTo([typeof(R04_SpamThresholdInPercent).Assembly]));
    }

    [Test]
    public void Options_with_assemblies_are_taken_as_they_are()
    {
        MigratedDatabaseOptions asked = new() { Assemblies = [MailSteps.Assembly] };

        Assert.That(MigratedDatabase.OptionsFor(typeof(R04_SpamThresholdInPercent), asked), Is.SameAs(asked));
    }
}
