namespace Migrations.Core;

/// <summary>
/// An alteration that the schema does not allow: a missing table, a column that an index uses, a foreign key that would
/// lose its target. Nothing was changed.
/// </summary>
public sealed class AlterationRefusedException : MigrationsException
{
    internal AlterationRefusedException(string table, string message, string? objectName = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Table = table;
        ObjectName = objectName;
    }

    /// <summary>The table that was to be altered.</summary>
    public string Table { get; }

    /// <summary>The column, constraint, index, trigger, view or other table that stands in the way, if it is one.</summary>
    public string? ObjectName { get; }
}
