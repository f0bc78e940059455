using System.Reflection;
using Migrations.Runner;

namespace Migrations.Testing;

/// <summary>Which migrations make a <see cref="MigratedDatabase"/>, and where it is kept. Immutable, as far as its values are.</summary>
public sealed class MigratedDatabaseOptions
{
    private IReadOnlyList<Assembly> assemblies = [];

    /// <summary>The assemblies with the application's migrations, as <see cref="DatabaseMigratorOptions.Assemblies"/>.</summary>
    /// <value>The default is empty.</value>
    public IReadOnlyList<Assembly> Assemblies
    {
        get => assemblies;
        init => assemblies = value;
    }

    /// <summary>Where databases are kept.</summary>
    /// <value>The default is <see cref="DatabaseStorage.Memory"/>.</value>
    public DatabaseStorage Storage { get; init; } = DatabaseStorage.Memory;

    /// <summary>The folder in which databases in files are kept, each in a folder of its own; made where it is missing.</summary>
    /// <value>The default is null: the system's folder of temporary files.</value>
    public string? Folder { get; init; }

    /// <summary>
    /// A folder in which what migrations make is kept for other processes: the next run of the tests, and those that run beside this one. Made
    /// where it is missing, and safe for any number of processes. Best a folder that builds leave alone and the repository ignores; a relative
    /// path begins at the current folder of the process.
    /// </summary>
    /// <remarks>
    /// A file is used only for the very migrations that it was made of: the ids of the compiled modules of their assemblies and of all others
    /// that they refer to, outside .NET itself; what <see cref="Configure"/> sets; the versions of this library and of SQLite. It is believed
    /// only where a hash of all of it and SQLite's own check agree, and made anew otherwise. Of one set of migrations the four states that
    /// were used last are kept, and nothing longer than thirty days without use. Nothing is kept where Configure sets a password, or a
    /// delegate that holds state, nor of encrypted files. Migrations that read anything but their database and what is compiled into their
    /// assemblies, such as files or the environment, must do without this folder: it does not know when these change.
    /// </remarks>
    /// <value>The default is null: the migrations run once in each process.</value>
    public string? CacheFolder { get; init; }

    /// <summary>
    /// Called where a file in <see cref="CacheFolder"/> can't be read or written, with the reason: an <see cref="IOException"/> or an
    /// <see cref="UnauthorizedAccessException"/>. The migrations are run then. What it throws reaches the test.
    /// </summary>
    /// <value>The default is null: a line on standard error, once for each folder in a process.</value>
    public Action<Exception>? CacheFailed { get; init; }

    /// <summary>
    /// Called with the options of each migrator that may be needed, after connection string and assemblies are set and backups are off: the
    /// place for modules, tags, services of migrations, and for the hook that gives connections their functions. It may add words to the
    /// connection string, which asks for foreign keys to be enforced, and must set the same each time.
    /// </summary>
    /// <remarks>
    /// Databases are copies of one template where what is set is equal. Delegates among it (<see cref="DatabaseMigratorOptions.ConnectionOpened"/>,
    /// <see cref="DatabaseMigratorOptions.ConfigureRunner"/>) are equal where they are the same method of the same object: a method or a lambda
    /// that captures nothing always, a lambda that captures variables only while it is the same delegate.
    /// </remarks>
    /// <value>The default is null.</value>
    public Action<DatabaseMigratorOptions>? Configure { get; init; }

    /// <summary>The same for other assemblies.</summary>
    internal MigratedDatabaseOptions With(params IReadOnlyList<Assembly> others)
    {
        MigratedDatabaseOptions copy = (MigratedDatabaseOptions)MemberwiseClone();
        copy.assemblies = others;
        return copy;
    }
}
