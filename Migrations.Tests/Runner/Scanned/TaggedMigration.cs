using FluentMigrator;

namespace Migrations.Tests.Runner.Scanned;

[Migration(2)]
[Tags("strict")]
public sealed class TaggedMigration : Migration
{
    public override void Up() => Alter.Column("a").OnTable("t").AsString().NotNullable();

    public override void Down() => Alter.Column("a").OnTable("t").AsString().Nullable();
}
