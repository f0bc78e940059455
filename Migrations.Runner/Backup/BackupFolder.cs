using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Runner.Files;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.Backup;

/// <summary>The backups of one database: makes them, lists them, puts them back, and deletes old ones.</summary>
internal sealed class BackupFolder(MigratorSettings settings, DatabaseFile file)
{
    /// <summary>Where backups are kept.</summary>
    public string Path => System.IO.Path.Combine(file.Folder, settings.BackupFolder ?? "");

    /// <summary>Makes a verified backup of the database; the caller holds the upgrade lock.</summary>
    public DatabaseBackup Make(
        IReadOnlyList<ModuleVersion> versions, string? path, Action<UpgradeProgress> progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        progress(new(UpgradePhase.BackingUp));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        string name = path ?? System.IO.Path.Combine(
            Path, string.Create(CultureInfo.InvariantCulture, $"{System.IO.Path.GetFileName(file.Path)}.{now:yyyyMMdd-HHmmss}.backup"));
        string partial = name + ".partial";
        using (SqliteConnection source = file.Open(SqliteOpenMode.ReadWrite))
        using (SqliteConnection target = file.At(partial).Open(SqliteOpenMode.ReadWriteCreate))
        {
            source.BackupDatabase(target);
        }

        File.Move(partial, name);
        return new(name, now, [.. versions], new FileInfo(name).Length);
    }

    /// <summary>Puts a backup back into the live database; the caller holds the upgrade lock.</summary>
    public void Restore(DatabaseBackup backup, Action<UpgradeProgress> progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        progress(new(UpgradePhase.Restoring));
        using SqliteConnection source = file.At(backup.Path).Open(SqliteOpenMode.ReadOnly);
        using SqliteConnection target = file.Open(SqliteOpenMode.ReadWriteCreate);
        source.BackupDatabase(target);
    }

    /// <summary>The backups, newest first, by their names.</summary>
    public ImmutableArray<DatabaseBackup> List() =>
    [
        .. Directory.GetFiles(Path, System.IO.Path.GetFileName(file.Path) + ".*.backup").OrderDescending(StringComparer.Ordinal)
            .Select(name => new DatabaseBackup(name, new DateTimeOffset(File.GetCreationTimeUtc(name)), [], new FileInfo(name).Length)),
    ];
}
