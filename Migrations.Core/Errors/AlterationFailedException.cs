namespace Migrations.Core;

/// <summary>
/// A statement of an alteration that SQLite refused: a full disk, a locked or damaged database, a constraint, an interrupt, a function
/// that threw. Everything the alteration had done was rolled back, unless the message says that the alteration stands and only a
/// setting of the connection could not be set back. <see cref="Exception.InnerException"/> is SQLite's own
/// error, untouched.
/// </summary>
public sealed class AlterationFailedException : MigrationsException
{
    internal AlterationFailedException(string table, string? statement, string message, Exception innerException)
        : base(message, innerException)
    {
        Table = table;
        Statement = statement;
    }

    /// <summary>The table that was to be altered.</summary>
    public string Table { get; }

    /// <summary>The statement that failed, null where none was running.</summary>
    public string? Statement { get; }
}
