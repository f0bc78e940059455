using FluentMigrator;

namespace MailServer.Revisions;

[Revision(17, "25fd6c7bcb4a", "Used quota")]
public sealed class R17_UsedQuota : AutoReversingMigration
{
    public override void Up() =>
        Create.Column("quota_bytes_used").OnTable("user").AsInteger().NotNullable().WithDefaultValue("0");
}
