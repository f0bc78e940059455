using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Migrations.Runner.Files;

/// <summary>
/// Says why a database can't be opened, read or written, from the error and what the file looks like. Only what SQLite itself
/// calls damaged is called so (rescode.html#corrupt, rescode.html#notadb). Writes nothing.
/// </summary>
internal static class FileDiagnosis
{
    // Windows' numbers come in an HResult, those of other systems as they are (EFBIG, ENOSPC, EROFS and Linux' EDQUOT).
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int FileTooBig = 27;
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int QuotaExceeded = 122;

    // Extended codes of SQLITE_READONLY that are about the files beside the database (rescode.html#readonly_cantinit and others).
    private const int ReadOnlyCantLock = raw.SQLITE_READONLY | (2 << 8);
    private const int ReadOnlyCantInit = raw.SQLITE_READONLY | (5 << 8);
    private const int ReadOnlyDirectory = raw.SQLITE_READONLY | (6 << 8);

    private const int IoErrorWrite = raw.SQLITE_IOERR | (3 << 8);
    private const int IoErrorFlush = raw.SQLITE_IOERR | (4 << 8);
    private const int IoErrorTruncate = raw.SQLITE_IOERR | (6 << 8);
    private const int IoErrorSharedMemorySize = raw.SQLITE_IOERR | (19 << 8);

    private const long LeastFreeSpace = 65536;

    /// <summary>Whether an error is about the file, the disk or other connections, and not about what was asked.</summary>
    public static bool IsAboutFile(Exception error) => error switch
    {
        SqliteException e => e.SqliteErrorCode is raw.SQLITE_PERM or raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_READONLY or raw.SQLITE_IOERR
            or raw.SQLITE_CORRUPT or raw.SQLITE_FULL or raw.SQLITE_CANTOPEN or raw.SQLITE_PROTOCOL or raw.SQLITE_NOLFS or raw.SQLITE_NOTADB,
        IOException or UnauthorizedAccessException => true,
        _ => false,
    };

    /// <summary>The same error in words, with the way out.</summary>
    /// <param name="file">The database, or a backup of it.</param>
    /// <param name="error">What was thrown while it, its journal or something else in its folder was used.</param>
    public static DatabaseUnusableException Explain(DatabaseFile file, Exception error) => ByPath(file, error) ?? ByError(file, error);

    /// <summary>Why there can be no database at a path where no file was found; null where there can.</summary>
    public static DatabaseUnusableException? ExplainMissing(DatabaseFile file) => ByPath(file, null);

    /// <summary>Why a file that SQLite takes for an empty database is none; null where it is one.</summary>
    public static DatabaseUnusableException? ExplainEmpty(DatabaseFile file) =>
        file.Length == 1 && FileHeader.Read(file.Path).IsForeignByte ? NotADatabase(file, null) : null;

    private static DatabaseUnusableException? ByPath(DatabaseFile file, Exception? error)
    {
        if (file.IsInMemory)
        {
            return null;
        }

        try
        {
            return File.GetAttributes(file.Path).HasFlag(FileAttributes.Directory)
                ? new(DatabaseProblem.IsFolder, file.Name, $"\"{file.Path}\" is a folder: name a file in the connection string.", error)
                : null;
        }
        catch (UnauthorizedAccessException e)
        {
            return Denied(file, error ?? e);
        }
        catch (IOException e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Directory.Exists(file.Folder)
                ? null
                : new(
                    DatabaseProblem.FolderMissing,
                    file.Name,
                    $"The folder of the database \"{file.Path}\" does not exist: create it, or name another file in the connection string.",
                    error ?? e);
        }
        catch (IOException e)
        {
            return Other(file, error ?? e);
        }
    }

    private static DatabaseUnusableException ByError(DatabaseFile file, Exception error) => error switch
    {
        SqliteException e => BySqlite(file, e),
        UnauthorizedAccessException => Unreadable(file) ?? ReadOnlyFolder(file, error),
        IOException { HResult: WindowsDiskFull } => DiskFull(file, error),
        IOException { HResult: FileTooBig or NoSpace or QuotaExceeded } when !OperatingSystem.IsWindows() => DiskFull(file, error),
        IOException { HResult: ReadOnlyFileSystem } when !OperatingSystem.IsWindows() => ReadOnlyFolder(file, error),
        _ => Other(file, error),
    };

    private static DatabaseUnusableException BySqlite(DatabaseFile file, SqliteException error)
    {
        switch (error.SqliteErrorCode)
        {
            case raw.SQLITE_BUSY or raw.SQLITE_LOCKED:
                return new(
                    DatabaseProblem.Busy,
                    file.Name,
                    string.Create(CultureInfo.InvariantCulture, $"Another connection has kept \"{file.Name}\" locked for longer than {file.BusySeconds} seconds: end what it does there, or wait longer (BusyTimeout)."),
                    error);
            case raw.SQLITE_FULL:
            case raw.SQLITE_IOERR when IsDiskFull(file, error):
                return DiskFull(file, error);
            case raw.SQLITE_READONLY when error.SqliteExtendedErrorCode is ReadOnlyDirectory or ReadOnlyCantInit or ReadOnlyCantLock:
                return ReadOnlyFolder(file, error);
            case raw.SQLITE_READONLY:
                return new(
                    DatabaseProblem.ReadOnlyFile,
                    file.Name,
                    $"The process may not write \"{file.Name}\": give its user the right to write the file and its folder.",
                    error);
            case raw.SQLITE_CANTOPEN when !file.IsInMemory:
                return Unreadable(file) ?? ReadOnlyFolder(file, error);
            case raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT when !file.IsInMemory:
                return ByContent(file, error);
            case raw.SQLITE_IOERR:
                return new(
                    DatabaseProblem.Other,
                    file.Name,
                    $"\"{file.Name}\" can't be used: {SqliteMessage(error)}. Look at the disk, the space on it, and the limits of the process.",
                    error);
            case raw.SQLITE_PERM:
                return Denied(file, error);
            default:
                return Other(file, error);
        }
    }

    private static DatabaseUnusableException ByContent(DatabaseFile file, SqliteException error)
    {
        FileHeader header;
        try
        {
            header = FileHeader.Read(file.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Other(file, error);
        }

        if (header.IsSqlite || error.SqliteErrorCode == raw.SQLITE_CORRUPT)
        {
            return new(DatabaseProblem.Damaged, file.Name, $"\"{file.Name}\" is damaged: {Damage(file, header, error)}. Put a backup back.", error);
        }

        return header.LooksEncrypted
            ? new(
                DatabaseProblem.Encrypted,
                file.Name,
                $"\"{file.Name}\" looks like an encrypted database: give its key, and the right one, in the connection string or in ConnectionOpened.",
                error)
            : NotADatabase(file, error);
    }

    private static DatabaseUnusableException NotADatabase(DatabaseFile file, Exception? error) => new(
        DatabaseProblem.NotADatabase,
        file.Name,
        $"\"{file.Name}\" is no SQLite database: name another file in the connection string, or move this one away.",
        error);

    // SQLite calls only one of the errors that a full disk gives full. The wal-index is the first thing that a start would write.
    private static bool IsDiskFull(DatabaseFile file, SqliteException error) => error.SqliteExtendedErrorCode switch
    {
        IoErrorSharedMemorySize => true,
        IoErrorWrite or IoErrorFlush or IoErrorTruncate => !file.IsInMemory && Directory.Exists(file.Folder) && new DriveInfo(file.Folder).AvailableFreeSpace < LeastFreeSpace,
        _ => false,
    };

    private static string Damage(DatabaseFile file, FileHeader header, SqliteException error)
    {
        long expected = header.PageCount * header.PageSize;
        return header.Length < expected && !File.Exists(file.Path + "-wal")
            ? string.Create(CultureInfo.InvariantCulture, $"it has {header.Length} bytes, and {expected} by its header")
            : SqliteMessage(error);
    }

    // Microsoft.Data.Sqlite says it as "SQLite Error 11: 'database disk image is malformed'.".
    private static string SqliteMessage(SqliteException error)
    {
        int first = error.Message.IndexOf('\'', StringComparison.Ordinal);
        int last = error.Message.LastIndexOf('\'');
        return last > first ? error.Message[(first + 1)..last] : error.Message;
    }

    /// <summary>Null where the file can be read or is not there, so that the error must come from its folder.</summary>
    private static DatabaseUnusableException? Unreadable(DatabaseFile file)
    {
        try
        {
            if (!file.IsInMemory && File.Exists(file.Path))
            {
                _ = FileHeader.Read(file.Path);
            }

            return null;
        }
        catch (UnauthorizedAccessException e)
        {
            return Denied(file, e);
        }
        catch (IOException e)
        {
            return Other(file, e);
        }
    }

    private static DatabaseUnusableException Denied(DatabaseFile file, Exception error) => new(
        DatabaseProblem.AccessDenied,
        file.Name,
        $"The process may not read \"{file.Name}\": give its user the right to read and write the file and its folder.",
        error);

    private static DatabaseUnusableException ReadOnlyFolder(DatabaseFile file, Exception error) => new(
        DatabaseProblem.ReadOnlyFolder,
        file.Name,
        $"The process may not write to the folder of \"{file.Name}\", where SQLite keeps its journal: give its user the right to write there.",
        error);

    private static DatabaseUnusableException DiskFull(DatabaseFile file, Exception error) => new(
        DatabaseProblem.DiskFull, file.Name, $"There is no room left to write \"{file.Name}\" and what belongs to it: free space on its disk.", error);

    private static DatabaseUnusableException Other(DatabaseFile file, Exception error) => new(
        DatabaseProblem.Other, file.Name, $"\"{file.Name}\" can't be used: {(error is SqliteException e ? SqliteMessage(e) : error.Message)}", error);
}
