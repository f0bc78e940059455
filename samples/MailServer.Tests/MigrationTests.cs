using MailServer.Revisions;
using Migrations.Testing;
using NUnit.Framework;

namespace MailServer.Tests;

/// <summary>What is true of all revisions.</summary>
internal sealed class MigrationTests
{
    private const string SchemaFile = "../MailServer/schema.sql";

    private static readonly MigrationChecks Checks = MigrationChecks.For(typeof(R00_InitialSchema).Assembly);

    [Test]
    public void Every_down_gives_back_the_schema() => Checks.EveryDownGivesBackTheSchema();

    [Test]
    public void Upgraded_databases_have_the_schema_of_new_ones() => Checks.FreshAndUpgradedMeanTheSame();

    [Test]
    public void Schema_file_is_current() => Checks.SchemaFileIsCurrent(SchemaFile);

    [Test]
    public void Versions_are_in_order() => Checks.VersionsAreInOrder(SchemaFile);
}
