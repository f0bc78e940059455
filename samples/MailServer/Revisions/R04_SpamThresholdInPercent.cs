using FluentMigrator;
using Migrations.Core;
using Migrations.Core.Authoring;

namespace MailServer.Revisions;

[Revision(4, "27ae2f102682", "Spam threshold in percent")]
[LosesData("Fractions of a percent are cut off, and who had no threshold gets 0.")]
public sealed class R04_SpamThresholdInPercent : Migration
{
    public override void Up()
    {
        Update.Column("spam_threshold").OnTable("user").Rescale(fromMax: 15, toMax: 100, Rounding.Truncate, nulls: 0);
        Alter.DefaultConstraint().OnTable("user").OnColumn("spam_threshold").To("80.");
    }

    /// <summary>Going up again comes to the same percentage. Who had no threshold keeps 0.</summary>
    public override void Down()
    {
        Update.Column("spam_threshold").OnTable("user").Using<double?, double?>(Points);
        Delete.DefaultConstraint().OnTable("user").OnColumn("spam_threshold");
    }

    private static double? Points(double? percent) => percent is { } known ? PointsOf(known) : null;

    // 17 % are 2.55 points, and these 16.999999999999996 %, of which Up would leave 16: then it is the next number above 2.55.
    private static double PointsOf(double percent)
    {
        double points = percent * 15 / 100;
        return Math.Truncate(points * 100 / 15) < Math.Truncate(percent) ? Math.BitIncrement(points) : points;
    }
}
