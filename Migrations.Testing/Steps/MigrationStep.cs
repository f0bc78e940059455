using Microsoft.Data.Sqlite;
using Migrations.Runner;
using SQLitePCL;

namespace Migrations.Testing.Steps;

/// <summary>One migration that a test runs, up or down: refuses where it could not be run, or not alone.</summary>
internal sealed class MigrationStep(string name, long version, SqliteConnection connection, DatabaseMigrator migrator)
{
    private const int Shown = 5;

    /// <summary>Makes sure that the migration, and no other, can be applied.</summary>
    /// <exception cref="InvalidOperationException">It can't.</exception>
    public void RequireApply()
    {
        RequireNoTransaction("Apply");
        ModuleStatus own = ReadStatus();
        if (IsApplied(own))
        {
            throw Refused($"{name} is applied already; the database is at version {own.NewestApplied}. "
                + $"Begin with MigratedDatabase.Before<{name}>(), or take it back with Revert<{name}>().");
        }

        MigrationIdentity[] above = [.. own.Applied.Where(migration => migration.Version > version)];
        if (above.Length > 0)
        {
            throw Refused($"Apply<{name}>() runs that one migration, version {version}, and newer ones are applied: {List(above)}. "
                + $"Begin with MigratedDatabase.Before<{name}>(), or take them back with MigrateTo({Below(own)}).");
        }

        MigrationIdentity[] between = [.. own.Pending.Where(migration => migration.Version < version)];
        if (between.Length > 0)
        {
            throw Refused($"Apply<{name}>() runs that one migration, and others come before it: {List(between)}. "
                + $"Begin with MigratedDatabase.Before<{name}>(), or run all of them with MigrateTo({version}).");
        }

        if (!own.Pending.Any(migration => migration.Version == version))
        {
            throw Refused($"{name} is held back by a MigrationConstraint attribute, so an upgrade would not run it either. "
                + "Bring the database into the state in which the constraint lets it run.");
        }
    }

    /// <summary>Makes sure that the migration, and no other, can be taken back.</summary>
    /// <returns>The version to go to.</returns>
    /// <exception cref="InvalidOperationException">It can't.</exception>
    public long RequireRevert()
    {
        RequireNoTransaction("Revert");
        ModuleStatus own = ReadStatus();
        if (!IsApplied(own))
        {
            throw Refused($"{name} is not applied; the database is at version {own.NewestApplied}. "
                + $"Begin with MigratedDatabase.After<{name}>(), or run it with Apply<{name}>().");
        }

        MigrationIdentity[] above = [.. own.Applied.Where(migration => migration.Version > version)];
        return above.Length == 0
            ? Below(own)
            : throw Refused($"Revert<{name}>() takes back that one migration, and newer ones are applied: {List(above)}. "
                + $"Begin with MigratedDatabase.After<{name}>(), or take all of them back with MigrateTo({Below(own)}).");
    }

    private static string List(MigrationIdentity[] migrations) =>
        string.Join(", ", migrations.Take(Shown).Select(migration => migration.ToString())) + (migrations.Length > Shown ? $" and {migrations.Length - Shown} more" : "");

    private static InvalidOperationException Refused(string message) => new(message);

    private bool IsApplied(ModuleStatus own) => own.Applied.Any(migration => migration.Version == version);

    private long Below(ModuleStatus own) => own.Applied.LastOrDefault(migration => migration.Version < version)?.Version ?? 0;

    // The migrator has a connection of its own, and would wait for this one until it gives up.
    private void RequireNoTransaction(string verb)
    {
        if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
        {
            throw Refused($"{verb}<{name}>() can't run while a transaction is open on the database's connection. Commit it or roll it back first.");
        }
    }

    private ModuleStatus ReadStatus()
    {
        DatabaseStatus status = migrator.GetStatus();
        return status.Modules.FirstOrDefault(module => module.Module.Length == 0)
            ?? throw new InvalidOperationException(status.Message, status.Error);
    }
}
