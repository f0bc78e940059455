using FluentMigrator;
using Migrations.Core.Authoring;

namespace MailServer.Revisions;

/// <summary>Zero users or aliases meant that there was no limit; now it means none, and -1 that there is no limit.</summary>
[Revision(23, "fc099bd15cbe", "Unlimited is -1")]
public sealed class R23_UnlimitedIsMinusOne : Migration
{
    public override void Up() => Alter.TableBatch("domain", batch => batch
        .AlterColumn("max_users").WithDefaultValue("-1")
        .Convert("max_users", "CASE max_users WHEN 0 THEN -1 ELSE max_users END")
        .AlterColumn("max_aliases").WithDefaultValue("-1")
        .Convert("max_aliases", "CASE max_aliases WHEN 0 THEN -1 ELSE max_aliases END"));

    public override void Down()
    {
        Execute.RefuseRows(
            "domain",
            "SELECT name, max_users, max_aliases FROM domain WHERE 0 IN (max_users, max_aliases)",
            "a domain that allows no users or no aliases would have no limit at all before this revision");
        Alter.TableBatch("domain", batch => batch
            .AlterColumn("max_users").WithoutDefault()
            .Convert("max_users", "CASE max_users WHEN -1 THEN 0 ELSE max_users END")
            .AlterColumn("max_aliases").WithoutDefault()
            .Convert("max_aliases", "CASE max_aliases WHEN -1 THEN 0 ELSE max_aliases END"));
    }
}
