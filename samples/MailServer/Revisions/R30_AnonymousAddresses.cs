using FluentMigrator;
using Migrations.Core.Authoring;

namespace MailServer.Revisions;

[Revision(30, "31f40da48c01", "Anonymous addresses, and who may use which domain")]
public sealed class R30_AnonymousAddresses : Migration
{
    // In SQL, because FluentMigrator's words for a unique constraint of several columns make a unique index on SQLite.
    private const string CreateDomainAccess = """
        CREATE TABLE domain_access (
            id INTEGER NOT NULL,
            domain_name VARCHAR(255) NOT NULL,
            user_email VARCHAR(255),
            created_at DATE NOT NULL,
            updated_at DATE,
            comment VARCHAR(255),
            CONSTRAINT domain_access_pkey PRIMARY KEY (id),
            CONSTRAINT domain_access_domain_name_fkey FOREIGN KEY (domain_name) REFERENCES domain (name),
            CONSTRAINT domain_access_user_email_fkey FOREIGN KEY (user_email) REFERENCES user (email),
            CONSTRAINT uq_domain_access_user UNIQUE (domain_name, user_email)
        )
        """;

    public override void Up()
    {
        Alter.TableBatch("alias", batch => batch
            .AddColumn("hostname", column => column.AsVarchar(255).Nullable())
            .AddColumn("owner_email", column => column.AsVarchar(255).Nullable())
            .AddColumn("disabled", column => column.AsFlag().NotNullable().WithDefaultValue(0))
            .AddForeignKey("owner_email", "user", "email", "alias_owner_email_fkey"));
        Create.Column("anonmail_enabled").OnTable("domain").AsFlag().NotNullable().WithDefaultValue(0);
        Execute.Sql(CreateDomainAccess);
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
