using FluentMigrator;
using Migrations.Core.Authoring;

namespace MailServer.Revisions;

[Revision(30, "31f40da48c01", "Anonymous addresses, and who may use which domain")]
public sealed class R30_AnonymousAddresses : Migration
{
    public override void Up()
    {
        Alter.TableBatch("alias", batch => batch
            .AddColumn("hostname", column => column.AsVarchar(255).Nullable())
            .AddColumn("owner_email", column => column.AsVarchar(255).Nullable())
            .AddColumn("disabled", column => column.AsFlag().NotNullable().WithDefaultValue(0))
            .AddForeignKey("owner_email", "user", "email", "alias_owner_email_fkey"));
        Create.Column("anonmail_enabled").OnTable("domain").AsFlag().NotNullable().WithDefaultValue(0);
        Create.Table("domain_access")
            .WithColumn("id").AsInteger().NotNullable().PrimaryKey("domain_access_pkey")
            .WithColumn("domain_name").AsVarchar(255).NotNullable().ForeignKey("domain_access_domain_name_fkey", "domain", "name")
            .WithColumn("user_email").AsVarchar(255).Nullable().ForeignKey("domain_access_user_email_fkey", "user", "email")
            .WithColumn("created_at").AsDay().NotNullable()
            .WithColumn("updated_at").AsDay().Nullable()
            .WithColumn("comment").AsVarchar(255).Nullable();
        Alter.TableBatch("domain_access", batch => batch.AddUnique(["domain_name", "user_email"], "uq_domain_access_user"));
    }

    public override void Down()
    {
        Delete.Table("domain_access");
        Delete.Column("anonmail_enabled").FromTable("domain");
        Alter.TableBatch("alias", batch => batch
            .DropForeignKey("alias_owner_email_fkey")
            .DropColumn("disabled")
            .DropColumn("owner_email")
            .DropColumn("hostname"));
    }
}
