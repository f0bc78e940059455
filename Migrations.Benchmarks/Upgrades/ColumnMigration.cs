using FluentMigrator;
using Migrations.Benchmarks.Alterations;

namespace Migrations.Benchmarks.Upgrades;

/// <summary>Adds a column, which SQLite can do.</summary>
[Migration(202603011200)]
internal sealed class ColumnMigration : ForwardOnlyMigration
{
    public override void Up() => Alter.Table(AccountTable.Name).AddColumn("greylisting").AsInt32().NotNullable().WithDefaultValue(1);
}
