using FluentMigrator.Infrastructure;
using FluentMigrator.Runner;

namespace Migrations.Tests.Runner;

/// <summary>Gives the runner a test's own migrations.</summary>
internal sealed class ListedMigrations(IEnumerable<IMigrationInfo> migrations) : IMigrationInformationLoader
{
    public SortedList<long, IMigrationInfo> LoadMigrations()
    {
        SortedList<long, IMigrationInfo> list = [];
        foreach (IMigrationInfo migration in migrations)
        {
            list.Add(migration.Version, migration);
        }

        return list;
    }
}
