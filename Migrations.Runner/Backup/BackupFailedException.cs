using Migrations.Core;

namespace Migrations.Runner;

/// <summary>
/// A backup could not be made, or could not be put back. No unfinished file is left that looks like a backup, and the database
/// is as it was.
/// </summary>
public sealed class BackupFailedException : MigrationsException
{
    internal BackupFailedException(string path, string message, Exception? innerException = null)
        : base(message, innerException) => Path = path;

    /// <summary>The file of the backup.</summary>
    public string Path { get; }
}
