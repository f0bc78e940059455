using FluentMigrator;

namespace MailServer.Revisions;

/// <summary>
/// As in revision 11: the original copies the table and leaves the collation out again, so nothing changes.
/// </summary>
[Revision(16, "049fed905da7", "Case of the address of a user")]
public sealed class R16_CaseOfUserAddress : Migration
{
    public override void Up()
    {
    }

    public override void Down()
    {
    }
}
