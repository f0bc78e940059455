using FluentMigrator;

namespace MailServer.Revisions;

[Revision(7, "3f6994568962", "Fetched messages may stay where they were")]
public sealed class R07_KeepFetchedMessages : AutoReversingMigration
{
    public override void Up() =>
        Create.Column("keep").OnTable("fetch").AsFlag().NotNullable().WithDefaultValue(0);
}
