using FluentMigrator;

namespace MailServer.Revisions;

[Revision(31, "fdff7f84d363", "Fetches can be invisible")]
public sealed class R31_InvisibleFetches : AutoReversingMigration
{
    public override void Up() =>
        Create.Column("invisible").OnTable("fetch").AsFlag().NotNullable().WithDefaultValue(0);
}
