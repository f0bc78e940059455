using FluentMigrator;

namespace MailServer.Revisions;

[Revision(29, "0ba45693748d", "A new password at the next login")]
public sealed class R29_PasswordChangeAtNextLogin : AutoReversingMigration
{
    public override void Up() =>
        Create.Column("change_pw_next_login").OnTable("user").AsFlag().NotNullable().WithDefaultValue(0);
}
