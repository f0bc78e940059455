using FluentMigrator;

namespace Migrations.Tests.Authoring;

/// <summary>A migration whose way up is given; FluentMigrator finds the way down.</summary>
internal sealed class ReversingMigration(Action<MigrationBase> up) : AutoReversingMigration
{
    public override void Up() => up(this);
}
