using FluentMigrator;

namespace MailServer.Revisions;

[Revision(26, "f4f0f89e0047", "Fetches are scanned and read from folders")]
public sealed class R26_ScanAndFoldersOfFetches : AutoReversingMigration
{
    public override void Up() => Alter.Table("fetch")
        .AddColumn("scan").AsFlag().NotNullable().WithDefaultValue(0)
        .AddColumn("folders").AsVarchar(4096).Nullable();
}
