using FluentMigrator;
using Migrations.Benchmarks.Alterations;
using Migrations.Core.Authoring;

namespace Migrations.Benchmarks.Upgrades;

/// <summary>Changes a default in this library's words.</summary>
[Migration(202603011200)]
internal sealed class DefaultMigration : ForwardOnlyMigration
{
    public override void Up() => Alter.DefaultConstraint().OnTable(AccountTable.Name).OnColumn("spam_threshold").To(80);
}
