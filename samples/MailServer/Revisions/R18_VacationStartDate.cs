using FluentMigrator;

namespace MailServer.Revisions;

[Revision(18, "3b281286c7bd", "A start date for the vacation reply")]
public sealed class R18_VacationStartDate : AutoReversingMigration
{
    public override void Up() =>
        Create.Column("reply_startdate").OnTable("user").AsDay().NotNullable().WithDefaultValue("1900-01-01");
}
