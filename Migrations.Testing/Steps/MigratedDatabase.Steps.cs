using FluentMigrator;
using Migrations.Runner;
using Migrations.Testing.Databases;
using Migrations.Testing.Steps;

namespace Migrations.Testing;

/// <content>Tests of one migration: a database just before it, the step itself, and the step back.</content>
public sealed partial class MigratedDatabase
{
    /// <summary>A database at the version just below a migration: empty where it is the first one.</summary>
    /// <typeparam name="TMigration">The migration's class.</typeparam>
    /// <param name="options">
    /// Which migrations, and where. Where it names no assemblies, or is null, the migrations are those of <typeparamref name="TMigration"/>'s
    /// assembly.
    /// </param>
    /// <exception cref="ArgumentException"><typeparamref name="TMigration"/> is not among the migrations, or the options have faults.</exception>
    /// <exception cref="MigrationRefusedException">FluentMigrator could not run these migrations.</exception>
    /// <exception cref="UpgradeFailedException">A migration below it failed.</exception>
    public static MigratedDatabase Before<TMigration>(MigratedDatabaseOptions? options = null)
        where TMigration : IMigration
    {
        MigrationSet set = MigrationSet.Of(OptionsFor(typeof(TMigration), options));
        return Make(set, set.Before(set.VersionOf(typeof(TMigration))));
    }

    /// <summary>A database at the version of a migration, which is the last one that has run.</summary>
    /// <inheritdoc cref="Before{TMigration}(MigratedDatabaseOptions?)"/>
    public static MigratedDatabase After<TMigration>(MigratedDatabaseOptions? options = null)
        where TMigration : IMigration
    {
        MigrationSet set = MigrationSet.Of(OptionsFor(typeof(TMigration), options));
        return Make(set, set.VersionOf(typeof(TMigration)));
    }

    /// <summary>
    /// Runs the Up of one migration, as an upgrade of the application would: in a transaction of its own, on a connection of its own. No
    /// other migration is run; <see cref="MigrateTo(long)"/> runs several.
    /// </summary>
    /// <typeparam name="TMigration">The migration's class: the next one after the version that the database is at.</typeparam>
    /// <returns>What was done.</returns>
    /// <exception cref="ArgumentException"><typeparamref name="TMigration"/> is not among the database's migrations.</exception>
    /// <exception cref="InvalidOperationException">
    /// It is applied already, others would have to run before it or be taken back, a constraint of FluentMigrator holds it back, or a
    /// transaction is open on <see cref="Connection"/>. Nothing was run.
    /// </exception>
    /// <exception cref="UpgradeFailedException">The migration failed, and was rolled back.</exception>
    public UpgradeResult Apply<TMigration>()
        where TMigration : IMigration
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        long version = migrations.VersionOf(typeof(TMigration));
        using (DatabaseMigrator migrator = MigrationSet.CreateMigrator(migrations.Options, place.ConnectionString))
        {
            new MigrationStep(typeof(TMigration).Name, version, Connection, migrator).RequireApply();
        }

        return MigrateTo(version);
    }

    /// <summary>
    /// Runs the Down of one migration, in a transaction of its own, on a connection of its own. No other migration is taken back;
    /// <see cref="MigrateTo(long)"/> takes back several.
    /// </summary>
    /// <typeparam name="TMigration">The migration's class: the newest one that is applied.</typeparam>
    /// <returns>What was done.</returns>
    /// <exception cref="ArgumentException"><typeparamref name="TMigration"/> is not among the database's migrations.</exception>
    /// <exception cref="InvalidOperationException">
    /// It is not applied, newer ones are, or a transaction is open on <see cref="Connection"/>. Nothing was run.
    /// </exception>
    /// <exception cref="UpgradeFailedException">The Down failed, and was rolled back.</exception>
    public UpgradeResult Revert<TMigration>()
        where TMigration : IMigration
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        long version = migrations.VersionOf(typeof(TMigration));
        long below;
        using (DatabaseMigrator migrator = MigrationSet.CreateMigrator(migrations.Options, place.ConnectionString))
        {
            below = new MigrationStep(typeof(TMigration).Name, version, Connection, migrator).RequireRevert();
        }

        return MigrateTo(below);
    }

    internal static MigratedDatabaseOptions OptionsFor(Type migration, MigratedDatabaseOptions? options) => options switch
    {
        null => new() { Assemblies = [migration.Assembly] },
        { Assemblies.Count: 0 } => options.With(migration.Assembly),
        _ => options,
    };
}
