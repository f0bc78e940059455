using FluentMigrator;

namespace MailServer.Revisions;

[Revision(19, "cd79ed46d9c2", "A table for the configuration")]
public sealed class R19_Configuration : AutoReversingMigration
{
    public override void Up() => Create.Table("config")
        .WithColumn("name").AsVarchar(255).NotNullable().PrimaryKey("config_pkey")
        .WithColumn("value").AsVarchar(255).Nullable();
}
