using FluentMigrator;

namespace MailServer.Revisions;

[Revision(13, "77aa22ad72e2", "An end date for the vacation reply")]
public sealed class R13_VacationEndDate : AutoReversingMigration
{
    public override void Up() =>
        Create.Column("reply_enddate").OnTable("user").AsDay().NotNullable().WithDefaultValue("2999-12-31");
}
