using System.Globalization;
using Migrations.Core.Syntax;

namespace Migrations.Runner;

/// <summary>A row whose foreign key has no parent, as PRAGMA foreign_key_check reports it. Immutable.</summary>
public sealed class ForeignKeyViolation
{
    internal ForeignKeyViolation(string database, string child, long? rowId, string parent)
    {
        Database = database;
        Child = child;
        RowId = rowId;
        Parent = parent;
    }

    /// <summary>The database that holds both tables: "main" or an attached one.</summary>
    public string Database { get; }

    /// <summary>The table that holds the row.</summary>
    public string Child { get; }

    /// <summary>The row's rowid, null in a WITHOUT ROWID table.</summary>
    public long? RowId { get; }

    /// <summary>The table that the row refers to.</summary>
    public string Parent { get; }

    /// <summary>The child, the row and the parent in words.</summary>
    public override string ToString()
    {
        string row = RowId is { } rowId ? string.Create(CultureInfo.InvariantCulture, $"row {rowId}") : "a row";
        return $"{row} of {SqlIdentifier.Quote(Child)} refers to no row of {SqlIdentifier.Quote(Parent)}";
    }
}
