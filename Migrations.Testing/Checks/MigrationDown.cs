using FluentMigrator;
using Migrations.Runner;
using Migrations.Runner.Status;

namespace Migrations.Testing.Checks;

/// <summary>Whether a migration has a way down.</summary>
internal static class MigrationDown
{
    /// <summary>Whether there may be one: FluentMigrator's own base class says where there is none.</summary>
    public static bool IsThere(KnownMigration migration) => !typeof(ForwardOnlyMigration).IsAssignableFrom(migration.Type);

    /// <summary>Whether the error is the author's word that there is none, and not one of the database.</summary>
    public static bool IsMissing(KnownMigration migration, UpgradeFailedException error) =>
        !IsThere(migration) || error is { Statement: null, InnerException: NotSupportedException or NotImplementedException };
}
