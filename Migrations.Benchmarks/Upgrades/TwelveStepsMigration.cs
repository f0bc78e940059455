using FluentMigrator;
using Migrations.Benchmarks.Alterations;

namespace Migrations.Benchmarks.Upgrades;

/// <summary>
/// The same by hand. PRAGMA foreign_keys does nothing inside a transaction, so FluentMigrator may not begin one.
/// </summary>
[Migration(202603011200, TransactionBehavior.None)]
internal sealed class TwelveStepsMigration : ForwardOnlyMigration
{
    public override void Up()
    {
        foreach (string statement in AlterationCases.DefaultChange.Yardstick.Statements)
        {
            Execute.Sql(statement);
        }
    }
}
