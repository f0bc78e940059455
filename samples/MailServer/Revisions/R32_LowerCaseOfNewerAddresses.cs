using FluentMigrator;
using Migrations.Core.Authoring;

namespace MailServer.Revisions;

/// <summary>As in revision 22, for what came since then, with the tables and columns that came since then.</summary>
[Revision(32, "9a5866105f5a", "Names and addresses in lower case, once more")]
[LosesData("Which letters of a name or an address were capitals; mail is delivered without regard to it.")]
public sealed class R32_LowerCaseOfNewerAddresses : Migration
{
    public override void Up() => LowerCase.Apply(
        this,
        [
            .. LowerCase.Tables.Where(table => table.Table is not "alias"),
            new("alias", ["localpart", "domain_name", "email", "owner_email"], ["email"]),
            new("domain_access", ["domain_name", "user_email"], ["domain_name", "user_email"]),
        ]);

    /// <summary>How they were written before is gone, and lower case was always allowed.</summary>
    public override void Down()
    {
    }
}
