using System.Collections.Immutable;
using Migrations.Core.Changes;
using Migrations.Core.Syntax;

namespace Migrations.Runner.Planning;

/// <summary>Follows columns through a change of their table.</summary>
internal static class FollowedColumns
{
    /// <summary>Which columns still hold values of columns of today.</summary>
    /// <param name="sources">Those that did before.</param>
    /// <param name="before">The columns before.</param>
    /// <param name="after">The columns after.</param>
    /// <param name="changes">The changes, where they are known.</param>
    public static ImmutableDictionary<SqlIdentifier, ColumnName> Of(
        ImmutableDictionary<SqlIdentifier, ColumnName> sources,
        ImmutableArray<SchemaColumn> before,
        ImmutableArray<SchemaColumn> after,
        IReadOnlyList<TableChange> changes)
    {
        ImmutableDictionary<SqlIdentifier, ColumnName> followed = changes.Count > 0
            ? Apply(sources, changes)
            : before.Length == after.Length
                ? ByPlace(sources, before, after)
                : sources;
        HashSet<SqlIdentifier> stored = [.. after.Where(column => column.IsStored).Select(column => column.Name)];
        return followed.RemoveRange(followed.Keys.Where(column => !stored.Contains(column)));
    }

    // A single statement renames a column, and it stays in its place, or adds or drops one, and there are more or less.
    private static ImmutableDictionary<SqlIdentifier, ColumnName> ByPlace(
        ImmutableDictionary<SqlIdentifier, ColumnName> sources, ImmutableArray<SchemaColumn> before, ImmutableArray<SchemaColumn> after) =>
        before.Zip(after)
            .Where(pair => sources.ContainsKey(pair.First.Name))
            .ToImmutableDictionary(pair => pair.Second.Name, pair => sources[pair.First.Name]);

    private static ImmutableDictionary<SqlIdentifier, ColumnName> Apply(
        ImmutableDictionary<SqlIdentifier, ColumnName> sources, IReadOnlyList<TableChange> changes)
    {
        foreach (TableChange change in changes)
        {
            if (change is DropColumn drop)
            {
                sources = sources.Remove(drop.Column);
            }
            else if (change is RenameColumn rename && sources.TryGetValue(rename.Column, out ColumnName source))
            {
                sources = sources.Remove(rename.Column).SetItem(rename.NewName, source);
            }
        }

        return sources;
    }
}
