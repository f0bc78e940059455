using FluentMigrator;

namespace Migrations.Runner.Status;

/// <summary>Whether a migration has a way down.</summary>
internal static class MigrationDown
{
    /// <summary>Whether there may be one: FluentMigrator's own base class says where there is none.</summary>
    public static bool IsThere(KnownMigration migration) => !typeof(ForwardOnlyMigration).IsAssignableFrom(migration.Type);

    /// <summary>Whether the error of a way down is the author's word that there is none, and not one of the database.</summary>
    /// <param name="migration">The migration.</param>
    /// <param name="statement">The statement that failed; null where none has.</param>
    /// <param name="error">The error, out of what it was wrapped in.</param>
    public static bool IsMissing(KnownMigration migration, string? statement, Exception? error) =>
        !IsThere(migration) || (statement is null && error is NotSupportedException or NotImplementedException);
}
