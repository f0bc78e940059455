using FluentMigrator;
using FluentMigrator.Runner.Initialization;

namespace Migrations.Benchmarks.Upgrades;

/// <summary>Gives FluentMigrator one migration, and no other of this assembly.</summary>
internal sealed class OneMigration(IMigration migration) : IFilteringMigrationSource
{
    public IEnumerable<IMigration> GetMigrations(Func<Type, bool> predicate) => predicate(migration.GetType()) ? [migration] : [];
}
