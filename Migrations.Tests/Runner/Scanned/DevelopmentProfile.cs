using FluentMigrator;

namespace Migrations.Tests.Runner.Scanned;

[Profile("development")]
public sealed class DevelopmentProfile : Migration
{
    public override void Up() => Alter.Table("t").AddColumn("c").AsString().NotNullable().WithDefaultValue("profile").Unique("ux_c");

    public override void Down()
    {
    }
}
