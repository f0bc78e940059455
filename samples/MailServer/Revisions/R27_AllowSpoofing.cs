using FluentMigrator;

namespace MailServer.Revisions;

[Revision(27, "7ac252f2bbbf", "Users may send under any address")]
public sealed class R27_AllowSpoofing : AutoReversingMigration
{
    public override void Up() =>
        Create.Column("allow_spoofing").OnTable("user").AsFlag().NotNullable().WithDefaultValue(0);
}
