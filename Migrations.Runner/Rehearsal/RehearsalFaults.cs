using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Runner.Files;

namespace Migrations.Runner.Rehearsal;

/// <summary>What an error of SQLite or of the operating system means for a rehearsal, whose copy nobody knows.</summary>
internal static class RehearsalFaults
{
    public const string WayOutOfSpace = "The database was not touched. Free some space, or name a folder on another drive (--folder).";

    /// <summary>A folder for copies that can't be made.</summary>
    public static DatabaseUnusableException Folder(DatabaseFile live, string folder, Exception error) => new(
        Directory.Exists(folder) ? DatabaseProblem.ReadOnlyFolder : DatabaseProblem.FolderMissing,
        live.Name,
        $"The folder \"{folder}\" for the copy of \"{live.Name}\" can't be {(Directory.Exists(folder) ? "written to" : "made")}: {error.Message} Give this process the right to write there, or name another folder (--folder). The database was not touched.",
        error);

    /// <summary>A folder that stays although it was to be deleted.</summary>
    public static DatabaseUnusableException Leftover(DatabaseFile live, string folder, Exception error) => new(
        DatabaseProblem.Other,
        live.Name,
        $"The copy of \"{live.Name}\" in \"{folder}\" could not be deleted: {error.Message} Delete it by hand: it holds the database's rows. The database was not touched.",
        error);

    /// <summary>Whether an error is of SQLite or of the operating system and has yet to be put into words.</summary>
    public static bool IsStorage(Exception error) => error is SqliteException or IOException or UnauthorizedAccessException;

    /// <summary>An error of copying, of which file ever.</summary>
    public static MigrationsException Copying(DatabaseFile live, DatabaseFile copy, Exception error) => FileDiagnosis.Explain(live, error) switch
    {
        { Problem: DatabaseProblem.DiskFull } => Full(live, copy, error),
        { Problem: DatabaseProblem.Busy } => new DatabaseUnusableException(
            DatabaseProblem.Busy,
            live.Name,
            $"\"{live.Name}\" could not be copied, because another connection has kept it locked for longer than the timeout. End what it does there, or wait longer (--timeout).",
            error),
        { } known => known,
    };

    /// <summary>The same error about the copy, told of the database that it is a copy of.</summary>
    public static DatabaseUnusableException OnCopy(DatabaseFile live, DatabaseFile copy, DatabaseUnusableException error) => error.Problem == DatabaseProblem.DiskFull
        ? Full(live, copy, error.InnerException ?? error)
        : new(error.Problem, live.Name, $"On a copy of \"{live.Name}\": {error.Message.TrimEnd().TrimEnd('.')}. The database itself was not touched.", error.InnerException ?? error);

    private static DatabaseUnusableException Full(DatabaseFile live, DatabaseFile copy, Exception error) => new(
        DatabaseProblem.DiskFull,
        live.Name,
        $"The disk is full: there is no room in \"{copy.Folder}\" for the rehearsal of \"{live.Name}\". {WayOutOfSpace}",
        error);
}
