using FluentMigrator;
using Migrations.Core;
using Migrations.Core.Authoring;

namespace MailServer.Revisions;

[Revision(4, "27ae2f102682", "Spam threshold in percent")]
public sealed class R04_SpamThresholdInPercent : Migration
{
    public override void Up()
    {
        Update.Column("spam_threshold").OnTable("user").Rescale(fromMax: 15, toMax: 100, Rounding.Truncate, nulls: 0);
        Alter.DefaultConstraint().OnTable("user").OnColumn("spam_threshold").To("80.");
    }

    /// <summary>Not rounded, so that going up again comes to the same percentage. Who had no threshold keeps 0.</summary>
    public override void Down()
    {
        Update.Column("spam_threshold").OnTable("user").Rescale(fromMax: 100, toMax: 15);
        Delete.DefaultConstraint().OnTable("user").OnColumn("spam_threshold");
    }
}
