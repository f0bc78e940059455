using FluentMigrator;

namespace Migrations.Benchmarks.Startup;

/// <summary>What the migrations of the start-up benchmark have in common.</summary>
public abstract class StartupMigration : Migration
{
    private string Table => GetType().Name;

    /// <inheritdoc/>
    public override void Up() => Create.Table(Table)
        .WithColumn("id").AsInt64().PrimaryKey()
        .WithColumn("name").AsString(80).NotNullable().WithDefaultValue("");

    /// <inheritdoc/>
    public override void Down() => Delete.Table(Table);
}
