using System.Collections.Immutable;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>
/// Brings column renames to the front where that means the same: they are SQLite's own work, and done first they leave
/// one pass over the table for all the rest. Pure.
/// </summary>
internal static class RenameOrder
{
    public static ImmutableArray<TableChange> RenamesFirst(TableSchema table, IReadOnlyList<TableChange> changes)
    {
        List<TableChange> renames = [];
        List<TableChange> others = [];
        HashSet<SqlIdentifier> names = [.. table.Columns.Select(column => column.Name)];
        for (int i = 0; i < changes.Count; i++)
        {
            if (changes[i] is not RenameColumn rename)
            {
                others.Add(changes[i]);
                continue;
            }

            // Expressions are not rewritten, and a name must be free when SQLite renames.
            bool mayMove = others.TrueForAll(change => WithRename(change, rename) is not null)
                && names.Contains(rename.Column)
                && (!names.Contains(rename.NewName) || rename.NewName == rename.Column);
            if (!mayMove)
            {
                return [.. renames, .. others, .. changes.Skip(i)];
            }

            others = [.. others.Select(change => WithRename(change, rename)!)];
            renames.Add(rename);
            names.Remove(rename.Column);
            names.Add(rename.NewName);
        }

        return [.. renames, .. others];
    }

    /// <summary>The change as it reads when the rename is done before it; null where it can't be said.</summary>
    private static TableChange? WithRename(TableChange change, RenameColumn rename)
    {
        return change switch
        {
            DropColumn drop when !Concerns(drop.Column) => drop,
            SetType set when set.Column != rename.NewName => set with { Column = Renamed(set.Column) },
            SetNullability set when set.Column != rename.NewName => set with { Column = Renamed(set.Column) },
            SetDefault set when set.Column != rename.NewName => set with { Column = Renamed(set.Column) },
            SetCollation set when set.Column != rename.NewName => set with { Column = Renamed(set.Column) },
            AddColumn add when add.ExistingRows is null && add.Place?.Column is null && IsPlain(add) => add,
            _ => null,
        };

        bool Concerns(SqlIdentifier column) => column == rename.Column || column == rename.NewName;

        SqlIdentifier Renamed(SqlIdentifier column) => column == rename.Column ? rename.NewName : column;

        bool IsPlain(AddColumn add)
        {
            ColumnSyntax column = CreateTableReader.ReadColumn(add.Definition);
            return !Concerns(column.Name.Identifier)
                && !column.Constraints.Any(constraint => constraint is ColumnCheckSyntax or GeneratedSyntax);
        }
    }
}
