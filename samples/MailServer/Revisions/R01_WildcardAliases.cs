using FluentMigrator;

namespace MailServer.Revisions;

[Revision(1, "c5696b48442d", "Wildcard aliases")]
public sealed class R01_WildcardAliases : AutoReversingMigration
{
    public override void Up() =>
        Create.Column("wildcard").OnTable("alias").AsFlag().NotNullable().WithDefaultValue(0);
}
