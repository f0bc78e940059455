using FluentMigrator;

namespace MailServer.Revisions;

[Revision(12, "9400a032eb1a", "Authentication tokens")]
public sealed class R12_AuthenticationTokens : Migration
{
    public override void Up() => Create.Table("token")
        .WithBookkeeping()
        .WithColumn("id").AsInteger().NotNullable().PrimaryKey("token_pkey")
        .WithColumn("user_email").AsVarchar(255).NotNullable().ForeignKey("token_user_email_fkey", "user", "email")
        .WithColumn("password").AsVarchar(255).NotNullable()
        .WithColumn("ip").AsVarchar(255).Nullable();

    public override void Down() => Delete.Table("token");
}
