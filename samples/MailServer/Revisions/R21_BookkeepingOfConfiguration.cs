using FluentMigrator;

namespace MailServer.Revisions;

[Revision(21, "f1393877871d", "Bookkeeping columns for the configuration")]
public sealed class R21_BookkeepingOfConfiguration : AutoReversingMigration
{
    public override void Up() => Alter.Table("config")
        .AddColumn("comment").AsVarchar(255).Nullable()
        .AddColumn("created_at").AsDay().NotNullable().WithDefaultValue("1900-01-01")
        .AddColumn("updated_at").AsDay().Nullable();
}
