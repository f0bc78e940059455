using FluentMigrator;

namespace MailServer.Revisions;

[Revision(8, "73e56bad5ec5", "Forwarded messages may be kept")]
public sealed class R08_KeepForwardedMessages : AutoReversingMigration
{
    public override void Up() =>
        Create.Column("forward_keep").OnTable("user").AsFlag().NotNullable().WithDefaultValue(1);
}
