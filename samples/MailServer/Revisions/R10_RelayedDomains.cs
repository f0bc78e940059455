using FluentMigrator;

namespace MailServer.Revisions;

[Revision(10, "c162ac88012a", "Relayed domains")]
public sealed class R10_RelayedDomains : AutoReversingMigration
{
    public override void Up() => Create.Table("relay")
        .WithBookkeeping()
        .WithColumn("name").AsVarchar(80).NotNullable().PrimaryKey("relay_pkey")
        .WithColumn("smtp").AsVarchar(80).Nullable();
}
