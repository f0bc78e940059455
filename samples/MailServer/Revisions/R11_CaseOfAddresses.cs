using FluentMigrator;

namespace MailServer.Revisions;

/// <summary>
/// The original copies two tables here for a collation that its own copy then leaves out, so that addresses still compare
/// with regard to case. The history goes on from that: nothing changes, and revisions 22 and 32 put the addresses in lower case.
/// </summary>
[Revision(11, "9c28df23f77e", "Case of addresses of users and aliases")]
public sealed class R11_CaseOfAddresses : Migration
{
    public override void Up()
    {
    }

    public override void Down()
    {
    }
}
