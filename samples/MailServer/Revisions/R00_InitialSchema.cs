using FluentMigrator;

namespace MailServer.Revisions;

[Revision(0, "ff0417f4318f", "Initial schema")]
public sealed class R00_InitialSchema : Migration
{
    public override void Up()
    {
        CreateDomain();
        CreateUser();
        CreateAlias();
        CreateFetch();
        CreateManager();
    }

    public override void Down()
    {
        Delete.Table("manager");
        Delete.Table("fetch");
        Delete.Table("alias");
        Delete.Table("user");
        Delete.Table("domain");
    }

    private void CreateDomain() => Create.Table("domain")
        .WithBookkeeping()
        .WithColumn("name").AsVarchar(80).NotNullable().PrimaryKey("domain_pkey")
        .WithColumn("max_users").AsInteger().NotNullable()
        .WithColumn("max_aliases").AsInteger().NotNullable();

    private void CreateUser() => Create.Table("user")
        .WithBookkeeping()
        .WithColumn("localpart").AsVarchar(80).NotNullable()
        .WithColumn("password").AsVarchar(255).NotNullable()
        .WithColumn("quota_bytes").AsInteger().NotNullable()
        .WithColumn("global_admin").AsFlag().NotNullable()
        .WithColumn("enable_imap").AsFlag().NotNullable()
        .WithColumn("enable_pop").AsFlag().NotNullable()
        .WithColumn("forward_enabled").AsFlag().NotNullable()
        .WithColumn("forward_destination").AsVarchar(255).Nullable()
        .WithColumn("reply_enabled").AsFlag().NotNullable()
        .WithColumn("reply_subject").AsVarchar(255).Nullable()
        .WithColumn("reply_body").AsCustom("TEXT").Nullable()
        .WithColumn("displayed_name").AsVarchar(160).NotNullable()
        .WithColumn("spam_enabled").AsFlag().NotNullable()
        .WithColumn("spam_threshold").AsNumeric().NotNullable()
        .WithColumn("domain_name").AsVarchar(80).NotNullable()
            .ForeignKey("user_domain_name_fkey", "domain", "name")
        .WithColumn("email").AsVarchar(255).NotNullable().PrimaryKey("user_pkey");

    private void CreateAlias() => Create.Table("alias")
        .WithBookkeeping()
        .WithColumn("localpart").AsVarchar(80).NotNullable()
        .WithColumn("destination").AsVarchar(1023).NotNullable()
        .WithColumn("domain_name").AsVarchar(80).NotNullable()
            .ForeignKey("alias_domain_name_fkey", "domain", "name")
        .WithColumn("email").AsVarchar(255).NotNullable().PrimaryKey("alias_pkey");

    private void CreateFetch() => Create.Table("fetch")
        .WithBookkeeping()
        .WithColumn("id").AsInteger().NotNullable().PrimaryKey("fetch_pkey")
        .WithColumn("user_email").AsVarchar(255).NotNullable().ForeignKey("fetch_user_email_fkey", "user", "email")
        .WithColumn("protocol").AsVarchar(4).NotNullable()
        .WithColumn("host").AsVarchar(255).NotNullable()
        .WithColumn("port").AsInteger().NotNullable()
        .WithColumn("tls").AsFlag().NotNullable()
        .WithColumn("username").AsVarchar(255).NotNullable()
        .WithColumn("password").AsVarchar(255).NotNullable();

    private void CreateManager() => Create.Table("manager")
        .WithColumn("domain_name").AsVarchar(80).Nullable().ForeignKey("manager_domain_name_fkey", "domain", "name")
        .WithColumn("user_email").AsVarchar(255).Nullable().ForeignKey("manager_user_email_fkey", "user", "email");
}
