using Migrations.Core.Syntax;

namespace Migrations.Core.Changes;

/// <summary>Where a column goes: first, last, or right after or before another one. Immutable.</summary>
internal sealed record ColumnPlace
{
    private ColumnPlace(ColumnPlaceKind kind, SqlIdentifier? column = null) => (Kind, Column) = (kind, column);

    public static ColumnPlace First { get; } = new(ColumnPlaceKind.First);

    public static ColumnPlace Last { get; } = new(ColumnPlaceKind.Last);

    public ColumnPlaceKind Kind { get; }

    /// <summary>The neighbour, null for first and last.</summary>
    public SqlIdentifier? Column { get; }

    public static ColumnPlace After(SqlIdentifier column) => new(ColumnPlaceKind.After, column);

    public static ColumnPlace Before(SqlIdentifier column) => new(ColumnPlaceKind.Before, column);
}
