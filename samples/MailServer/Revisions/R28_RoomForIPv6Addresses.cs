using FluentMigrator;

namespace MailServer.Revisions;

/// <summary>
/// Widens a column on databases that enforce a length. SQLite doesn't (datatype3.html, section 3), so nothing changes.
/// </summary>
[Revision(28, "6b8f5e8caaa9", "Room for IPv6 addresses of tokens")]
public sealed class R28_RoomForIPv6Addresses : Migration
{
    public override void Up()
    {
    }

    public override void Down()
    {
    }
}
