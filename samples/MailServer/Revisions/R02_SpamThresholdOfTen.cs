using FluentMigrator;
using Migrations.Core.Authoring;

namespace MailServer.Revisions;

/// <summary>Every user begins again with the new threshold, and a user may be without one. The column becomes the last.</summary>
[Revision(2, "a4accda8a8c7", "Spam threshold of ten")]
[LosesData("Every user begins again with the new threshold.")]
public sealed class R02_SpamThresholdOfTen : Migration
{
    public override void Up() => Alter.TableBatch("user", batch => batch
        .AlterColumn("spam_threshold").Nullable()
        .Convert("spam_threshold", "10")
        .MoveColumn("spam_threshold").Last());

    /// <summary>The thresholds of before are gone. A user without one gets what this revision gave to all.</summary>
    public override void Down() => Alter.TableBatch("user", batch => batch
        .Convert("spam_threshold", "coalesce(spam_threshold, 10)")
        .AlterColumn("spam_threshold").NotNullable()
        .MoveColumn("spam_threshold").Before("domain_name"));
}
