using System.Collections.Immutable;
using Migrations.Core.Syntax;

namespace Migrations.Core.Schema.Comparison;

/// <summary>The constraints of a table, whether written on columns or on the table.</summary>
internal sealed class TableConstraints(TableSchema table, DatabaseSchema schema)
{
    public ImmutableArray<ConstraintMeaning> Read() =>
    [
        .. table.PrimaryKey is { } key ? [PrimaryKey(key)] : Array.Empty<ConstraintMeaning>(),
        .. table.Uniques.Select(unique => new ConstraintMeaning(
            unique.Name, $"UNIQUE ({Names(unique.Columns)})", $"UNIQUE ({Columns(unique.Columns)}){Conflict(unique.Conflict)}", null, unique)),
        .. table.Checks.Select(check => new ConstraintMeaning(check.Name, "CHECK", $"CHECK ({check.Expression})", Unqualified(check.Expression, table), check)),
        .. table.ForeignKeys.Select(ForeignKey),
    ];

    /// <summary>The constraints of each side that have none of the same meaning on the other.</summary>
    public static (ImmutableArray<ConstraintMeaning> Wanted, ImmutableArray<ConstraintMeaning> Found) Unmatched(
        ImmutableArray<ConstraintMeaning> wanted, ImmutableArray<ConstraintMeaning> found)
    {
        List<ConstraintMeaning> rest = [.. found];
        ImmutableArray<ConstraintMeaning>.Builder unmatched = ImmutableArray.CreateBuilder<ConstraintMeaning>();
        foreach (ConstraintMeaning one in wanted)
        {
            int same = rest.FindIndex(one.Means);
            if (same < 0)
            {
                unmatched.Add(one);
            }
            else
            {
                rest.RemoveAt(same);
            }
        }

        return (unmatched.ToImmutable(), [.. rest]);
    }

    /// <summary>
    /// A CHECK's expression without its own table's name before columns: "t.a" and "a" are one column, and a copy of a table takes the name
    /// away, because a rename would leave it behind (lang_altertable.html, section 7).
    /// </summary>
    public static string Unqualified(string expression, TableSchema table)
    {
        foreach (SourceSpan qualifier in NameReferences.Qualifiers(expression, new SourceSpan(0, expression.Length), table.Name).Reverse())
        {
            expression = expression.Remove(qualifier.Start, qualifier.Length);
        }

        return expression;
    }

    private ConstraintMeaning PrimaryKey(PrimaryKeySchema key)
    {
        // A rowid has neither a direction nor a collation; on INTEGER PRIMARY KEY DESC, which is none, the direction counts.
        bool isRowId = table.RowIdAlias is not null;
        return new(
            key.Name,
            "PRIMARY KEY",
            $"PRIMARY KEY ({(isRowId ? Names(key.Columns) : Columns(key.Columns))}){Conflict(key.Conflict)}",
            null,
            key);
    }

    private ConstraintMeaning ForeignKey(ForeignKeySchema key)
    {
        string from = $"FOREIGN KEY ({string.Join(", ", key.Columns)})";

        // "REFERENCES parent" means its primary key (foreignkeys.html, section 3).
        IEnumerable<SqlIdentifier> parents = !key.ParentColumns.IsEmpty
            ? key.ParentColumns
            : schema.Tables.FirstOrDefault(parent => parent.Name == key.Parent)?.PrimaryKey?.Columns.Select(column => column.Name ?? "") ?? [];
        return new(
            key.Name,
            from,
            $"{from} REFERENCES {key.Parent} ({string.Join(", ", parents)}) ON DELETE {key.OnDelete} ON UPDATE {key.OnUpdate}"
            + (key.InitiallyDeferred ? " DEFERRABLE INITIALLY DEFERRED" : ""),
            null,
            key);
    }

    private string Columns(ImmutableArray<KeyColumn> columns) => string.Join(", ", columns.Select(column =>
    {
        SqlIdentifier collation = column.Collation ?? (column.Name is { } name ? table.FindColumn(name)?.Collation : null) ?? "BINARY";
        return $"{column.Name}{(collation == "BINARY" ? "" : $" COLLATE {collation}")}{(column.Descending ? " DESC" : "")}";
    }));

    private static string Names(ImmutableArray<KeyColumn> columns) => string.Join(", ", columns.Select(column => column.Name));

    // Without a word a constraint aborts the statement (lang_conflict.html).
    private static string Conflict(ConflictResolution? conflict) =>
        conflict is null or ConflictResolution.Abort ? "" : $" ON CONFLICT {conflict}";
}
