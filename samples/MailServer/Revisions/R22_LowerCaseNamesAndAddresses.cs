using FluentMigrator;

namespace MailServer.Revisions;

[Revision(22, "5aeb5811408e", "Names and addresses in lower case")]
public sealed class R22_LowerCaseNamesAndAddresses : Migration
{
    public override void Up() => LowerCase.Apply(this, LowerCase.Tables);

    /// <summary>How they were written before is gone, and lower case was always allowed.</summary>
    public override void Down()
    {
    }
}
