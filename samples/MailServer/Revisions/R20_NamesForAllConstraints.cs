using FluentMigrator;

namespace MailServer.Revisions;

/// <summary>
/// Every constraint here has had its name since the table was created, so there is nothing to name. The original copies nine
/// tables twice to get to the same schema.
/// </summary>
[Revision(20, "546b04c886f0", "Names for all constraints")]
public sealed class R20_NamesForAllConstraints : Migration
{
    public override void Up()
    {
    }

    public override void Down()
    {
    }
}
