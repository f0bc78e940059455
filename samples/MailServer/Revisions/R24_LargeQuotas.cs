using FluentMigrator;
using Migrations.Core.Authoring;

namespace MailServer.Revisions;

/// <summary>SQLite stores integers of any size in either type, so no value changes in either direction.</summary>
[Revision(24, "3b7eee912b41", "Quotas of any size")]
public sealed class R24_LargeQuotas : Migration
{
    public override void Up()
    {
        Alter.TableBatch("domain", batch => batch
            .AlterColumn("max_quota_bytes").AsBigInteger());
        Alter.TableBatch("user", batch => batch
            .AlterColumn("quota_bytes").AsBigInteger()
            .AlterColumn("quota_bytes_used").AsBigInteger());
    }

    public override void Down()
    {
        Alter.TableBatch("domain", batch => batch
            .AlterColumn("max_quota_bytes").AsInteger());
        Alter.TableBatch("user", batch => batch
            .AlterColumn("quota_bytes").AsInteger()
            .AlterColumn("quota_bytes_used").AsInteger());
    }
}
