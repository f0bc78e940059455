using FluentMigrator;
using Migrations.Core.Authoring;

namespace MailServer.Revisions;

[Revision(22, "5aeb5811408e", "Names and addresses in lower case")]
[LosesData("Which letters of a name or an address were capitals; mail is delivered without regard to it.")]
public sealed class R22_LowerCaseNamesAndAddresses : Migration
{
    public override void Up() => LowerCase.Apply(this, LowerCase.Tables);

    /// <summary>How they were written before is gone, and lower case was always allowed.</summary>
    public override void Down()
    {
    }
}
