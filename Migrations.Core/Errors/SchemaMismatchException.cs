namespace Migrations.Core;

/// <summary>
/// What this library read in a table's stored text is not what SQLite's own pragmas say of it. Nothing was changed: an
/// alteration on a wrong reading could lose data. The message names every difference.
/// </summary>
public sealed class SchemaMismatchException : MigrationsException
{
    internal SchemaMismatchException(string table, string message)
        : base(message) => Table = table;

    /// <summary>The table in question.</summary>
    public string Table { get; }
}
