using System.Reflection;
using MailServer.Revisions;
using Migrations.Runner;
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
    public void Options_without_assemblies_keep_everything_else()
    {
        MigratedDatabaseOptions asked = new() { Storage = DatabaseStorage.TemporaryFile, Folder = "here", Configure = Configure };

        MigratedDatabaseOptions made = MigratedDatabase.OptionsFor(typeof(R04_SpamThresholdInPercent), asked);

        foreach (PropertyInfo property in typeof(MigratedDatabaseOptions).GetProperties().Where(property => property.Name != nameof(asked.Assemblies)))
        {
            object? expected = property.GetValue(asked);
            Assert.That(expected, Is.Not.EqualTo(property.GetValue(new MigratedDatabaseOptions())), $"{property.Name}: this test sets each property.");
            Assert.That(property.GetValue(made), Is.EqualTo(expected), property.Name);
        }

        Assert.That(made.Assemblies, Is.EqualTo([typeof(R04_SpamThresholdInPercent).Assembly]));
    }

    [Test]
    public void Options_with_assemblies_are_taken_as_they_are()
    {
        MigratedDatabaseOptions asked = new() { Assemblies = [MailSteps.Assembly] };

        Assert.That(MigratedDatabase.OptionsFor(typeof(R04_SpamThresholdInPercent), asked), Is.SameAs(asked));
    }

    private static void Configure(DatabaseMigratorOptions options)
    {
    }
}
