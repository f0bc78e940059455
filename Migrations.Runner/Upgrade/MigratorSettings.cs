using System.Collections.Immutable;
using FluentMigrator.Runner;
using Microsoft.Data.Sqlite;
using Migrations.Core;

namespace Migrations.Runner.Upgrade;

/// <summary>The options of a migrator as they were when it was made. Immutable.</summary>
internal sealed record MigratorSettings
{
    public required string ConnectionString { get; init; }

    /// <summary>In the order of upgrading.</summary>
    public required ImmutableArray<MigrationModule> Modules { get; init; }

    public required ImmutableArray<string> Tags { get; init; }

    public required int? ApplicationId { get; init; }

    public required bool BacksUp { get; init; }

    public required string? BackupFolder { get; init; }

    public required int KeepBackups { get; init; }

    public required bool ChecksFreeSpace { get; init; }

    public required FailurePolicy OnFailure { get; init; }

    public required HistoryPolicy NewerDatabase { get; init; }

    public required HistoryPolicy UnknownMigrations { get; init; }

    public required HistoryPolicy OutOfOrder { get; init; }

    public required HistoryPolicy EditedMigrations { get; init; }

    public required HistoryPolicy MissingModules { get; init; }

    public required HistoryPolicy UnversionedDatabase { get; init; }

    public required TimeSpan LockTimeout { get; init; }

    public required TimeSpan BusyTimeout { get; init; }

    public required bool ChecksAfterUpgrade { get; init; }

    public required RebuildMode Mode { get; init; }

    public required Action<SqliteConnection>? ConnectionOpened { get; init; }

    public required Action<IMigrationRunnerBuilder>? ConfigureRunner { get; init; }

    /// <summary>Reads options, which must be without faults.</summary>
    public static MigratorSettings Of(DatabaseMigratorOptions options) => new()
    {
        ConnectionString = options.ConnectionString,
        Modules = Status.ModuleOrder.Sort(options),
        Tags = [.. options.Tags],
        ApplicationId = options.ApplicationId,
        BacksUp = options.Backup.Enabled,
        BackupFolder = options.Backup.Folder,
        KeepBackups = options.Backup.Keep,
        ChecksFreeSpace = options.Backup.ChecksFreeSpace,
        OnFailure = options.OnFailure,
        NewerDatabase = options.NewerDatabase,
        UnknownMigrations = options.UnknownMigrations,
        OutOfOrder = options.OutOfOrder,
        EditedMigrations = options.EditedMigrations,
        MissingModules = options.MissingModules,
        UnversionedDatabase = options.UnversionedDatabase,
        LockTimeout = options.LockTimeout,
        BusyTimeout = options.BusyTimeout,
        ChecksAfterUpgrade = options.ChecksAfterUpgrade,
        Mode = options.Mode,
        ConnectionOpened = options.ConnectionOpened,
        ConfigureRunner = options.ConfigureRunner,
    };
}
