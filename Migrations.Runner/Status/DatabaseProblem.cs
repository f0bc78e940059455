namespace Migrations.Runner;

/// <summary>Why a database can't be used.</summary>
public enum DatabaseProblem
{
    /// <summary>Something that has no name here: the message and the inner exception tell.</summary>
    Other,

    /// <summary>The folder of the file does not exist.</summary>
    FolderMissing,

    /// <summary>The path is a folder.</summary>
    IsFolder,

    /// <summary>The process may not read the file.</summary>
    AccessDenied,

    /// <summary>The process may not write the file.</summary>
    ReadOnlyFile,

    /// <summary>The process may not write to the folder, where SQLite keeps its journal, and the lock is.</summary>
    ReadOnlyFolder,

    /// <summary>The file begins with readable data that is no SQLite database's.</summary>
    NotADatabase,

    /// <summary>The file looks like an encrypted database, and no key or a wrong one was given.</summary>
    Encrypted,

    /// <summary>The file is an SQLite database, and parts of it are missing or wrong.</summary>
    Damaged,

    /// <summary>Another connection wrote for longer than the timeout.</summary>
    Busy,

    /// <summary>Another process upgraded for longer than the timeout.</summary>
    Locked,

    /// <summary>The disk is full, or would be.</summary>
    DiskFull,
}
