namespace Migrations.Core.Changes;

/// <summary>The ways to say where a column goes.</summary>
internal enum ColumnPlaceKind
{
    First,
    Last,
    After,
    Before,
}
