using FluentMigrator;
using Migrations.Core.Authoring;

namespace MailServer.Revisions;

[Revision(30, "31f40da48c01", "Anonymous addresses, and who may use which domain")]
public sealed class R30_AnonymousAddresses : AutoReversingMigration
{
    public override void Up()
    {
        Alter.TableBatch("alias", batch => batch
            .AddColumn("hostname", column => column.AsVarchar(255).Nullable())
            .AddColumn("owner_email", column => column.AsVarchar(255).Nullable())
            .AddColumn("disabled", column => column.AsFlag().NotNullable().WithDefaultValue(0))
            .AddForeignKey("owner_email", "user", "email", "alias_owner_email_fkey"));
        Create.Column("anonmail_enabled").OnTable("domain").AsFlag().NotNullable().WithDefaultValue(0);
        CreateDomainAccess();
    }

    private void CreateDomainAccess()
    {
        Create.Table("domain_access")
            .WithColumn("id").AsInteger().NotNullable().PrimaryKey("domain_access_pkey")
            .WithColumn("domain_name").AsVarchar(255).NotNullable()
                .ForeignKey("domain_access_domain_name_fkey", "domain", "name")
            .WithColumn("user_email").AsVarchar(255).Nullable()
                .ForeignKey("domain_access_user_email_fkey", "user", "email")
            .WithBookkeeping();
        Create.UniqueConstraint("uq_domain_access_user").OnTable("domain_access").Columns("domain_name", "user_email");
    }
}
