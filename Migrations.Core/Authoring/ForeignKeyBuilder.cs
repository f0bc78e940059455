using Migrations.Core.Changes;
using Migrations.Core.Syntax;

namespace Migrations.Core;

/// <summary>Says the details of a foreign key (foreignkeys.html). Unnamed, not deferred and without actions by default.</summary>
public sealed class ForeignKeyBuilder
{
    private SqlIdentifier? name;
    private ForeignKeyAction onDelete;
    private ForeignKeyAction onUpdate;
    private bool isDeferred;

    internal ForeignKeyBuilder()
    {
    }

    /// <summary>Names the constraint.</summary>
    /// <param name="constraint">The constraint's name.</param>
    public ForeignKeyBuilder Named(string constraint)
    {
        ArgumentException.ThrowIfNullOrEmpty(constraint);
        name = constraint;
        return this;
    }

    /// <summary>What happens to child rows when their parent row is deleted.</summary>
    /// <param name="action">The action.</param>
    public ForeignKeyBuilder OnDelete(ReferentialAction action)
    {
        onDelete = ToSyntax(action);
        return this;
    }

    /// <summary>What happens to child rows when their parent row changes its key.</summary>
    /// <param name="action">The action.</param>
    public ForeignKeyBuilder OnUpdate(ReferentialAction action)
    {
        onUpdate = ToSyntax(action);
        return this;
    }

    /// <summary>Checks the key at the end of the transaction: DEFERRABLE INITIALLY DEFERRED.</summary>
    public ForeignKeyBuilder Deferred()
    {
        isDeferred = true;
        return this;
    }

    internal static AddForeignKey Build(
        IEnumerable<string> columns, string parent, IEnumerable<string> parentColumns, Action<ForeignKeyBuilder>? define)
    {
        ArgumentException.ThrowIfNullOrEmpty(parent);
        ForeignKeyBuilder key = new();
        define?.Invoke(key);
        return new AddForeignKey(
            key.name,
            [.. columns.Select(column => new SqlIdentifier(column))],
            parent,
            [.. parentColumns.Select(column => new SqlIdentifier(column))],
            key.onDelete,
            key.onUpdate,
            key.isDeferred);
    }

    private static ForeignKeyAction ToSyntax(ReferentialAction action) => action switch
    {
        ReferentialAction.NoAction => ForeignKeyAction.NoAction,
        ReferentialAction.Restrict => ForeignKeyAction.Restrict,
        ReferentialAction.Cascade => ForeignKeyAction.Cascade,
        ReferentialAction.SetNull => ForeignKeyAction.SetNull,
        ReferentialAction.SetDefault => ForeignKeyAction.SetDefault,
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, message: null),
    };
}
