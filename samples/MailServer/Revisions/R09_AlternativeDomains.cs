using FluentMigrator;

namespace MailServer.Revisions;

[Revision(9, "c9a0b4e653cf", "Alternative domains")]
public sealed class R09_AlternativeDomains : Migration
{
    public override void Up() => Create.Table("alternative")
        .WithBookkeeping()
        .WithColumn("name").AsVarchar(80).NotNullable().PrimaryKey("alternative_pkey")
        .WithColumn("domain_name").AsVarchar(80).Nullable()
            .ForeignKey("alternative_domain_name_fkey", "domain", "name");

    public override void Down() => Delete.Table("alternative");
}
