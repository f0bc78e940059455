using FluentMigrator;

namespace Migrations.Tests.Runner.Scanned;

[Migration(1)]
public sealed class FirstMigration : Migration
{
    public override void Up() => Create.Table("t").WithColumn("id").AsInt32().PrimaryKey().WithColumn("a").AsString().Nullable();

    public override void Down() => Delete.Table("t");
}
