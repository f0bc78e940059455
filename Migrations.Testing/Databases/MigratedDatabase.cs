using System.Reflection;
using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Runner.Status;
using Migrations.Runner.Upgrade;
using Migrations.Testing.Databases;
using Migrations.Testing.Templates;

namespace Migrations.Testing;

/// <summary>
/// A database at a version of an application's migrations, for one test. Disposing of it leaves nothing behind. One database belongs to
/// one test; any number of them may be made at the same time.
/// </summary>
/// <remarks>
/// The migrations are run once in a process for each version that tests ask for; what they make is kept, and every database is a copy of it,
/// page by page: the same rows, rowids and sequences, the same history, and the same settings in its header, such as encoding, page size,
/// <c>auto_vacuum</c> and <c>user_version</c>. What migrations leave on their connection, such as temporary tables, is not in a copy, as it
/// is not there for an application that connects later. Where one version is made, the one below that is already there may be gone on from.
/// What migrations take from elsewhere than their database (the clock, files, static state) is as it was when they ran.
/// <para>An encrypted database in a file is copied as it is, and opened by the hook that gives its key; a hook that gives each file another
/// key, and one that attaches further databases, makes the migrations run for each database anew.</para>
/// </remarks>
public sealed partial class MigratedDatabase : IDisposable
{
    private readonly MigrationSet migrations;
    private readonly DatabasePlace place;
    private readonly Action<SqliteConnection>? opened;
    private bool isDisposed;

    private MigratedDatabase(MigrationSet migrations, DatabasePlace place, SqliteConnection connection, Action<SqliteConnection>? opened)
    {
        this.migrations = migrations;
        this.place = place;
        this.opened = opened;
        Connection = connection;
        ConnectionString = connection.ConnectionString;
    }

    /// <summary>
    /// An open connection, which also keeps a database in memory alive. The application's hook
    /// (<see cref="DatabaseMigratorOptions.ConnectionOpened"/>) has seen it. Closed with the database.
    /// </summary>
    public SqliteConnection Connection { get; }

    /// <summary>
    /// What opens further connections to the database. They are not pooled and enforce foreign keys; the application's hook does not see them.
    /// </summary>
    public string ConnectionString { get; }

    /// <summary>The file, in a folder of its own; null where the database is in memory.</summary>
    public string? Path => place.Path;

    /// <summary>
    /// The newest applied version of the application's own migrations, read from the database by <see cref="Connection"/>; 0 where none is.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The database has been disposed of.</exception>
    public long Version
    {
        get
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            return migrations.Shelf.Own is { } own && HistoryTable.Read(Connection, own.VersionTable) is { } history
                ? history.Versions.Keys.LastOrDefault()
                : 0;
        }
    }

    /// <summary>
    /// A database at a version of the application's own migrations. The modules that are upgraded before these are at their newest versions;
    /// those that come after them are not there, since they may need what a later version brings.
    /// </summary>
    /// <param name="version">The version of a migration, or 0 for a database before the first one.</param>
    /// <param name="assemblies">The assemblies with the application's migrations.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The options have faults, or the application has no migrations of its own.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no migration of that version; the message names the nearest ones.</exception>
    /// <exception cref="MigrationRefusedException">FluentMigrator could not run these migrations.</exception>
    /// <exception cref="UpgradeFailedException">A migration failed. Nothing is left of the database, and the next call runs it again.</exception>
    /// <exception cref="IOException">The file of a database can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not write to the folder of temporary databases.</exception>
    public static MigratedDatabase At(long version, params IEnumerable<Assembly> assemblies) => At(version, OptionsOf(assemblies));

    /// <inheritdoc cref="At(long, IEnumerable{Assembly})"/>
    /// <param name="version">As there.</param>
    /// <param name="options">Which migrations, and where.</param>
    public static MigratedDatabase At(long version, MigratedDatabaseOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        MigrationSet set = MigrationSet.Of(options);
        set.RequireVersion(version);
        return Make(set, version);
    }

    /// <summary>A database at the newest version, of all modules, as <see cref="DatabaseMigrator.UpgradeAsync(CancellationToken)"/> makes it.</summary>
    /// <param name="assemblies">The assemblies with the application's migrations.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The options have faults.</exception>
    /// <exception cref="MigrationRefusedException">FluentMigrator could not run these migrations.</exception>
    /// <exception cref="UpgradeFailedException">A migration failed. Nothing is left of the database, and the next call runs it again.</exception>
    /// <exception cref="IOException">The file of a database can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not write to the folder of temporary databases.</exception>
    public static MigratedDatabase Latest(params IEnumerable<Assembly> assemblies) => Latest(OptionsOf(assemblies));

    /// <inheritdoc cref="Latest(IEnumerable{Assembly})"/>
    /// <param name="options">Which migrations, and where.</param>
    public static MigratedDatabase Latest(MigratedDatabaseOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Make(MigrationSet.Of(options), TemplateShelf.Latest);
    }

    /// <summary>
    /// Migrates to a version of the application's own migrations, up or down, as
    /// <see cref="DatabaseMigrator.MigrateToAsync(long, CancellationToken)"/> does, and throws what it throws. Other modules stay as they are.
    /// </summary>
    /// <remarks>
    /// Each migration has a transaction of its own. A test must not leave one open on its connections, nor a reader: the migrations would wait
    /// for it, and fail after half a minute.
    /// </remarks>
    /// <param name="version">The version of a migration, or 0 to take everything back.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no migration of that version; the message names the nearest ones.</exception>
    /// <exception cref="ObjectDisposedException">The database has been disposed of.</exception>
    public UpgradeResult MigrateTo(long version)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        migrations.RequireVersion(version);
        return migrations.Migrate(place.ConnectionString, new("", version));
    }

    /// <summary>
    /// Applies what is pending, in all modules, as <see cref="DatabaseMigrator.UpgradeAsync(CancellationToken)"/> does, and throws what it
    /// throws. See <see cref="MigrateTo"/> for connections of the test.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The database has been disposed of.</exception>
    public UpgradeResult MigrateToLatest()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        return migrations.Migrate(place.ConnectionString, MigrationTarget.Newest);
    }

    /// <summary>
    /// Opens another connection to the database, which the caller closes. It is not pooled, and the application's hook
    /// (<see cref="DatabaseMigratorOptions.ConnectionOpened"/>) has seen it.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The database has been disposed of.</exception>
    public SqliteConnection Open()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        return DatabaseCopy.Open(ConnectionString, opened);
    }

    /// <summary>
    /// Closes <see cref="Connection"/> and deletes the database with everything in its folder. Connections that a test has left open keep a
    /// database in memory alive until they are closed; Windows does not delete a file that is open, which then stays until a later process
    /// makes a database in the same folder.
    /// </summary>
    public void Dispose()
    {
        if (!isDisposed)
        {
            isDisposed = true;
            using (place)
            {
                Connection.Dispose();
            }
        }
    }

    /// <summary>A database at a version that there is, or at <see cref="TemplateShelf.Latest"/>.</summary>
    internal static MigratedDatabase Make(MigrationSet migrations, long version)
    {
        Template template = migrations.Shelf.Get(version, (missing, below) => TemplateBuild.Find(migrations, missing, below));
        DatabasePlace made = DatabasePlace.Make(migrations.Options);
        try
        {
            DatabaseMigratorOptions asked = migrations.MigratorOptions(made.ConnectionString);
            return new(migrations, made, DatabaseCopy.Make(migrations, version, template, made, asked), asked.ConnectionOpened);
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    private static MigratedDatabaseOptions OptionsOf(IEnumerable<Assembly> assemblies)
    {
        ArgumentNullException.ThrowIfNull(assemblies);
        return new() { Assemblies = [.. assemblies] };
    }
}
