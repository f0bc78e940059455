using FluentMigrator;
using Migrations.Core.Authoring;

namespace MailServer.Revisions;

[Revision(5, "12e9a4f6ed73", "Spam threshold as a whole number")]
[LosesData("Fractions of a percent are cut off.")]
public sealed class R05_WholeSpamThreshold : Migration
{
    public override void Up() => Alter.TableBatch("user", batch => batch
        .Convert("spam_threshold", "CAST(spam_threshold AS INTEGER)")
        .AlterColumn("spam_threshold").AsInteger());

    /// <summary>The fractions of before are gone.</summary>
    public override void Down() => Alter.TableBatch("user", batch => batch
        .AlterColumn("spam_threshold").AsNumeric());
}
