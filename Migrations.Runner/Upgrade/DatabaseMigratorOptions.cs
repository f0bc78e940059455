using System.Reflection;
using FluentMigrator.Runner;
using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Alteration.Planning;

namespace Migrations.Runner;

/// <summary>
/// What a <see cref="DatabaseMigrator"/> upgrades and how. Mutable until a migrator is made of it, which validates it once and
/// names all faults in one message; later changes have no effect.
/// </summary>
public sealed class DatabaseMigratorOptions
{
    /// <summary>
    /// Where the database is, in Microsoft.Data.Sqlite's words: a file, or a database in memory that is shared and kept alive by
    /// a connection of the application (<c>Mode=Memory;Cache=Shared</c>). Connections made of it are never pooled. A file that is
    /// not there yet is created by the first upgrade, its folder is not.
    /// </summary>
    /// <value>The default is empty, which is a fault.</value>
    public string ConnectionString { get; set; } = "";

    /// <summary>
    /// The assemblies with the application's own migrations: public classes with FluentMigrator's <c>[Migration]</c>. They form the
    /// module that has no name, whose history is FluentMigrator's table <c>VersionInfo</c>, or the one that a public class with
    /// <c>[VersionTableMetaData]</c> in one of them describes.
    /// </summary>
    /// <value>The default is empty, which is a fault where <see cref="Modules"/> is empty too.</value>
    public IList<Assembly> Assemblies { get; } = [];

    /// <summary>Migrations that libraries bring, each with a history of its own in the same database.</summary>
    /// <value>The default is none.</value>
    public MigrationModules Modules { get; } = new();

    /// <summary>The tags whose migrations are run beside those without a tag (FluentMigrator's <c>[Tags]</c>).</summary>
    /// <value>The default is none: tagged migrations are not run, and count neither as pending nor as unknown.</value>
    public IList<string> Tags { get; } = [];

    /// <summary>
    /// The <c>PRAGMA application_id</c> of the application's databases (pragma.html#pragma_application_id). A new database gets it; one
    /// with another is refused as another application's. One with 0 that is under these migrations is taken, and gets it.
    /// </summary>
    /// <value>The default is null: the number is neither looked at nor written.</value>
    public int? ApplicationId { get; set; }

    /// <summary>The copies that are made before an upgrade.</summary>
    public BackupOptions Backup { get; } = new();

    /// <summary>What happens to migrations already applied when a later one of the same upgrade fails.</summary>
    /// <value>The default is <see cref="FailurePolicy.KeepApplied"/>.</value>
    public FailurePolicy OnFailure { get; set; } = FailurePolicy.KeepApplied;

    /// <summary>A database with a version above the newest one that the application knows.</summary>
    /// <value>The default is <see cref="HistoryPolicy.Refuse"/>: an older application could write what the newer one can't read.</value>
    public HistoryPolicy NewerDatabase { get; set; } = HistoryPolicy.Refuse;

    /// <summary>A database with versions that the application does not know, below the newest one that it does.</summary>
    /// <value>The default is <see cref="HistoryPolicy.Refuse"/>.</value>
    public HistoryPolicy UnknownMigrations { get; set; } = HistoryPolicy.Refuse;

    /// <summary>Pending migrations with a version below one that is applied, as merged branches have them.</summary>
    /// <value>The default is <see cref="HistoryPolicy.Refuse"/>; allowed, they are applied in the order of their versions.</value>
    public HistoryPolicy OutOfOrder { get; set; } = HistoryPolicy.Refuse;

    /// <summary>Applied migrations that mean something else now than when they were applied.</summary>
    /// <value>The default is <see cref="HistoryPolicy.Allow"/>: they are reported by <see cref="DatabaseMigrator.GetStatus"/> and logged. Refusing
    /// them costs every start the time to collect all migrations.</value>
    public HistoryPolicy EditedMigrations { get; set; } = HistoryPolicy.Allow;

    /// <summary>Modules whose history is in the database and that the application does not have.</summary>
    /// <value>The default is <see cref="HistoryPolicy.Allow"/>: they are reported.</value>
    public HistoryPolicy MissingModules { get; set; } = HistoryPolicy.Allow;

    /// <summary>A database that holds tables and no history of any module.</summary>
    /// <value>The default is <see cref="HistoryPolicy.Refuse"/>: declare its version first.</value>
    public HistoryPolicy UnversionedDatabase { get; set; } = HistoryPolicy.Refuse;

    /// <summary>How long to wait for another process that upgrades the same database.</summary>
    /// <value>The default is 10 minutes. Zero does not wait; <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</value>
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long to wait for a connection of somebody else that writes to the database.</summary>
    /// <value>The default is 30 seconds; counted in whole seconds, at least one.</value>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the whole database is checked after an upgrade (<c>PRAGMA quick_check</c>, about 0.2 s for 100 MB).</summary>
    /// <value>The default is true.</value>
    public bool ChecksAfterUpgrade { get; set; } = true;

    /// <summary>Which strategies alterations of tables may use, unless a batch says otherwise.</summary>
    /// <value>The default is <see cref="RebuildMode.Auto"/>.</value>
    public RebuildMode Mode { get; set; } = RebuildMode.Auto;

    /// <summary>
    /// Called with every connection that the migrator opens, to the database, to its backups and to what it keeps in memory, before
    /// anything else uses it: the place to give a key and to register functions and collations. It must not change the
    /// database.
    /// </summary>
    /// <value>The default is null: connections are used as they are opened.</value>
    public Action<SqliteConnection>? ConnectionOpened { get; set; }

    /// <summary>
    /// Called for each module with FluentMigrator's builder, to register what migrations ask for in their constructors, and
    /// FluentMigrator's own options. The database and the assemblies are set already.
    /// </summary>
    /// <value>The default is null.</value>
    public Action<IMigrationRunnerBuilder>? ConfigureRunner { get; set; }

    /// <summary>The strategies to choose from where <see cref="Mode"/> is not what is meant: a test forces one, in batches too.</summary>
    internal Strategies? Strategies { get; set; }

    /// <summary>
    /// A caller's own reason against an upgrade, from what the database holds; null where there is none. Asked once the upgrade lock is held
    /// too, so that what has changed meanwhile is seen.
    /// </summary>
    internal Func<DatabaseStatus, string?>? Refuse { get; set; }

    /// <summary>The values as they are now; the collections are the same objects.</summary>
    internal DatabaseMigratorOptions Copy() => (DatabaseMigratorOptions)MemberwiseClone();
}
