using FluentMigrator;

namespace MailServer.Revisions;

[Revision(14, "423155f8fc15", "Signup for each domain")]
public sealed class R14_SignupPerDomain : AutoReversingMigration
{
    public override void Up() =>
        Create.Column("signup_enabled").OnTable("domain").AsFlag().NotNullable().WithDefaultValue(0);
}
