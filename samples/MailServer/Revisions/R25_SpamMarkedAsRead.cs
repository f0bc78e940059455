using FluentMigrator;

namespace MailServer.Revisions;

[Revision(25, "8f9ea78776f4", "Spam may be marked as read")]
public sealed class R25_SpamMarkedAsRead : AutoReversingMigration
{
    public override void Up() =>
        Create.Column("spam_mark_as_read").OnTable("user").AsFlag().NotNullable().WithDefaultValue(0);
}
