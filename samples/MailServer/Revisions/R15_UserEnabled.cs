using FluentMigrator;

namespace MailServer.Revisions;

[Revision(15, "49d77a93118e", "Users can be disabled")]
public sealed class R15_UserEnabled : AutoReversingMigration
{
    public override void Up() =>
        Create.Column("enabled").OnTable("user").AsFlag().NotNullable().WithDefaultValue(1);
}
