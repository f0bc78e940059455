using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Runner.Files;
using SQLitePCL;

namespace Migrations.Runner.Backup;

/// <summary>What an error of SQLite or of the operating system means for a backup or a restore.</summary>
internal static class BackupFaults
{
    /// <summary>Whether an error says that pages are wrong; no other is a reason to speak of damage (rescode.html#corrupt, #notadb).</summary>
    public static bool IsDamage(SqliteException error) => error.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    /// <summary>Whether an error comes from SQLite or from the operating system, and has yet to be put into words.</summary>
    public static bool IsStorage(Exception error) => error is SqliteException or IOException or UnauthorizedAccessException;

    /// <summary>A folder for backups that can't be made or written to.</summary>
    public static DatabaseUnusableException Folder(DatabaseFile file, string folder, Exception error)
    {
        DatabaseProblem problem = FileDiagnosis.Explain(file, error).Problem;
        return problem == DatabaseProblem.DiskFull
            ? Full(file, folder, error)
            : new(
                problem == DatabaseProblem.ReadOnlyFolder ? problem : DatabaseProblem.FolderMissing,
                file.Name,
                $"The folder \"{folder}\" for backups of \"{file.Name}\" can't be {(Directory.Exists(folder) ? "written to" : "made")}: {error.Message} Give this process the right to write there, or name another folder in Backup.Folder. Nothing was changed.",
                error);
    }

    /// <summary>A copy of a database into a file that failed.</summary>
    public static MigrationsException Making(DatabaseFile file, string path, Exception error) => FileDiagnosis.Explain(file, error) switch
    {
        { Problem: DatabaseProblem.DiskFull } => Full(file, path, error),
        {
            Problem: DatabaseProblem.Damaged or DatabaseProblem.NotADatabase or DatabaseProblem.Encrypted or DatabaseProblem.IsFolder
            or DatabaseProblem.AccessDenied
        } known => known,
        { Problem: DatabaseProblem.Busy } => Busy(file, "backed up", error),
        _ => new BackupFailedException(path, $"\"{file.Name}\" could not be backed up to \"{path}\": {error.Message} Nothing was changed.", error),
    };

    /// <summary>A copy over the database that failed and was rolled back.</summary>
    public static MigrationsException Restoring(DatabaseFile file, string path, Exception error) => FileDiagnosis.Explain(file, error) switch
    {
        { Problem: DatabaseProblem.DiskFull } => new DatabaseUnusableException(
            DatabaseProblem.DiskFull,
            file.Name,
            $"The disk is full: \"{file.Name}\" was not restored from \"{path}\" and is as it was. Free some space and restore again.",
            error),
        { Problem: DatabaseProblem.Busy } => Busy(file, "restored", error),
        { Problem: DatabaseProblem.Other } => new BackupFailedException(
            path, $"\"{file.Name}\" could not be restored from \"{path}\" and is as it was: {error.Message}", error),
        { } known => known,
    };

    public static DatabaseUnusableException Damaged(DatabaseFile file, string damage, Exception? error = null) => new(
        DatabaseProblem.Damaged,
        file.Name,
        $"\"{file.Name}\" was damaged before: {damage.TrimEnd('.')}. Nothing was changed. Put a backup back, or let \"sqlite3 FILE .recover\" save what is left.",
        error);

    private static DatabaseUnusableException Full(DatabaseFile file, string path, Exception error) => new(
        DatabaseProblem.DiskFull,
        file.Name,
        $"The disk is full: \"{file.Name}\" could not be backed up to \"{path}\". Nothing was changed. Free some space, or name a folder on another drive in Backup.Folder.",
        error);

    private static DatabaseUnusableException Busy(DatabaseFile file, string done, Exception error) => new(
        DatabaseProblem.Busy,
        file.Name,
        $"\"{file.Name}\" could not be {done}, because another connection has used it for longer than the timeout. Close it, or set a longer BusyTimeout. Nothing was changed.",
        error);
}
