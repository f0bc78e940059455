using FluentMigrator;

namespace Migrations.Tests.Runner.Scanned;

[Maintenance(MigrationStage.AfterAll, TransactionBehavior.None)]
public sealed class AfterAllMaintenance : Migration
{
    public override void Up() => Alter.Column("a").OnTable("t").AsString().WithDefaultValue("maintained");

    public override void Down()
    {
    }
}
