using Migrations.Core.Alteration.Execution;

namespace Migrations.Runner;

/// <summary>A row whose foreign key has no parent, as PRAGMA foreign_key_check reports it. Immutable.</summary>
public sealed class ForeignKeyViolation
{
    private readonly ViolatedKey key;

    internal ForeignKeyViolation(ViolatedKey key) => this.key = key;

    /// <summary>The database that holds both tables: "main" or an attached one.</summary>
    public string Database => key.Database.Name;

    /// <summary>The table that holds the row.</summary>
    public string Child => key.Child.Name;

    /// <summary>The row's rowid, null in a WITHOUT ROWID table.</summary>
    public long? RowId => key.RowId;

    /// <summary>The table that the row refers to.</summary>
    public string Parent => key.Parent.Name;

    /// <summary>The child, the row and the parent in words.</summary>
    public override string ToString() => key.ToString();
}
