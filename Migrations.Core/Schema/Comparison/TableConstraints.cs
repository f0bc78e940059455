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
            unique.Name, $"UNIQUE ({Names(unique.Columns)})", $"UNIQUE ({Columns(unique.Columns)}){Conflict(unique.Conflict)}", null)),
        .. table.Checks.Select(check => new ConstraintMeaning(check.Name, "CHECK", $"CHECK ({check.Expression})", check.Expression)),
        .. table.ForeignKeys.Select(ForeignKey),
    ];

    private ConstraintMeaning PrimaryKey(PrimaryKeySchema key)
    {
        // A rowid has neither a direction nor a collation; on INTEGER PRIMARY KEY DESC, which is none, the direction counts.
        bool isRowId = table.RowIdAlias is not null;
        return new(
            key.Name,
            "PRIMARY KEY",
            $"PRIMARY KEY ({(isRowId ? Names(key.Columns) : Columns(key.Columns))}){Conflict(key.Conflict)}",
            null);
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
            null);
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
