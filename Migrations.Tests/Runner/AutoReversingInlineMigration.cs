using FluentMigrator;

namespace Migrations.Tests.Runner;

/// <summary>An auto-reversing migration that a test writes where it uses it.</summary>
internal sealed class AutoReversingInlineMigration(Action<AutoReversingMigration> up) : AutoReversingMigration
{
    public override void Up() => up(this);
}
