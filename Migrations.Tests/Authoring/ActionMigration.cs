using FluentMigrator;

namespace Migrations.Tests.Authoring;

/// <summary>A migration whose ways up and down are given.</summary>
internal sealed class ActionMigration(Action<Migration> up, Action<Migration>? down = null) : Migration
{
    public override void Up() => up(this);

    public override void Down() => down?.Invoke(this);
}
