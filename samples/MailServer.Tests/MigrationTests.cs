using MailServer.Revisions;
using Migrations.Testing;
using NUnit.Framework;

namespace MailServer.Tests;

/// <summary>What is true of all revisions.</summary>
internal sealed class MigrationTests
{
    private const string SchemaFile = "../MailServer/schema.sql";

    private static readonly MigrationChecks Checks = MigrationChecks.For(typeof(R00_InitialSchema).Assembly).On(Mail.Rows);

    [Test]
    public void Every_down_gives_back_the_schema() => Checks.EveryDownGivesBackTheSchema();

    [Test]
    public void Every_step_works_on_rows() => Checks.EveryStepWorksOnRows();

    [Test]
    public void Losses_are_declared() => Checks.LossesAreDeclared();

    [Test]
    public void Upgraded_databases_have_the_schema_of_new_ones() => Checks.FreshAndUpgradedMeanTheSame();

    [Test]
    public void Schema_file_is_current() => Checks.SchemaFileIsCurrent(SchemaFile);

    [Test]
    public void Versions_are_in_order() => Checks.VersionsAreInOrder(SchemaFile);
}
