using FluentMigrator;
using Migrations.Core.Authoring;

namespace MailServer.Revisions;

[Revision(3, "dc8c25cf5b98", "Time and error of the last fetch")]
public sealed class R03_ResultOfFetches : Migration
{
    public override void Up() => Alter.Table("fetch")
        .AddColumn("error").AsVarchar(1023).Nullable()
        .AddColumn("last_check").AsCustom("DATETIME").Nullable();

    public override void Down() => Alter.TableBatch("fetch", batch => batch
        .DropColumn("last_check")
        .DropColumn("error"));
}
