using FluentMigrator;

namespace Migrations.Tests.Runner;

/// <summary>A migration that a test writes where it uses it.</summary>
internal sealed class InlineMigration(Action<Migration> up, Action<Migration>? down) : Migration
{
    public override void Up() => up(this);

    public override void Down() => (down ?? throw new NotSupportedException("This migration has no way down."))(this);
}
