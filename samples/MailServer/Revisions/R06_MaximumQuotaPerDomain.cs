using FluentMigrator;

namespace MailServer.Revisions;

[Revision(6, "2335c80a6bc3", "A maximum quota for each domain")]
public sealed class R06_MaximumQuotaPerDomain : AutoReversingMigration
{
    public override void Up() =>
        Create.Column("max_quota_bytes").OnTable("domain").AsInteger().NotNullable().WithDefaultValue("0");
}
