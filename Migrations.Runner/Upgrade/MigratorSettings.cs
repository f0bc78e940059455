using System.Collections.Immutable;
using FluentMigrator.Runner;
using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Alteration.Planning;
using Migrations.Runner.Files;

namespace Migrations.Runner.Upgrade;

/// <summary>The options of a migrator as they were when it was made. Immutable.</summary>
internal sealed class MigratorSettings
{
    // Copies of the objects rather than of each value: a start with nothing pending needs few of them.
    private readonly DatabaseMigratorOptions options;
    private readonly BackupOptions backup;

    private MigratorSettings(DatabaseMigratorOptions options)
    {
        this.options = options.Copy();
        backup = options.Backup.Copy();
        Modules = Status.ModuleOrder.Sort(options);
        Tags = [.. options.Tags];
    }

    private MigratorSettings(MigratorSettings other, DatabaseMigratorOptions options, BackupOptions backup)
    {
        this.options = options;
        this.backup = backup;
        Modules = other.Modules;
        Tags = other.Tags;
    }

    public string ConnectionString => options.ConnectionString;

    /// <summary>In the order of upgrading.</summary>
    public ImmutableArray<MigrationModule> Modules { get; }

    public ImmutableArray<string> Tags { get; }

    public int? ApplicationId => options.ApplicationId;

    public bool BacksUp => backup.Enabled;

    public string? BackupFolder => backup.Folder;

    public int KeepBackups => backup.Keep;

    public bool ChecksFreeSpace => backup.ChecksFreeSpace;

    public FailurePolicy OnFailure => options.OnFailure;

    public HistoryPolicy NewerDatabase => options.NewerDatabase;

    public HistoryPolicy UnknownMigrations => options.UnknownMigrations;

    public HistoryPolicy OutOfOrder => options.OutOfOrder;

    public HistoryPolicy EditedMigrations => options.EditedMigrations;

    public HistoryPolicy MissingModules => options.MissingModules;

    public HistoryPolicy UnversionedDatabase => options.UnversionedDatabase;

    public TimeSpan LockTimeout => options.LockTimeout;

    public TimeSpan BusyTimeout => options.BusyTimeout;

    public bool ChecksAfterUpgrade => options.ChecksAfterUpgrade;

    public RebuildMode Mode => options.Mode;

    public Strategies? Strategies => options.Strategies;

    public Func<DatabaseStatus, string?>? Refuse => options.Refuse;

    public Action<SqliteConnection>? ConnectionOpened => options.ConnectionOpened;

    public Action<IMigrationRunnerBuilder>? ConfigureRunner => options.ConfigureRunner;

    /// <summary>Reads options, which must be without faults.</summary>
    public static MigratorSettings Of(DatabaseMigratorOptions options) => new(options);

    /// <summary>The same migrations for a copy of the database, which needs no backup.</summary>
    public MigratorSettings ForCopy(DatabaseFile copy, Action<SqliteConnection> opened)
    {
        DatabaseMigratorOptions changed = options.Copy();
        changed.ConnectionString = copy.ConnectionString;
        changed.ConnectionOpened = opened;
        changed.OnFailure = FailurePolicy.KeepApplied;
        return new(this, changed, new() { Enabled = false, ChecksFreeSpace = false });
    }
}
