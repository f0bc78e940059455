using System.Collections.Immutable;
using Migrations.Core.Syntax;

namespace Migrations.Core.Schema;

internal sealed partial class SchemaCrossCheck
{
    private void CompareForeignKeys()
    {
        // pragma.html#pragma_foreign_key_list: id, seq, table, from, to, on_update, on_delete, match; the newest key comes first.
        var told = connection
            .ReadRows(
                Pragma("foreign_key_list", table.Name),
                row => (
                    Id: row.GetInt32(0),
                    Sequence: row.GetInt32(1),
                    Parent: row.GetString(2),
                    From: row.GetString(3),
                    To: row.GetStringOrNull(4),
                    OnUpdate: row.GetString(5),
                    OnDelete: row.GetString(6)))
            .GroupBy(row => row.Id)
            .OrderByDescending(key => key.Key)
            .Select(key => Print(
                table.Name == key.First().Parent ? table.Name.Name : key.First().Parent,
                key.OrderBy(row => row.Sequence).Select(row => row.From),
                key.OrderBy(row => row.Sequence).Select(row => row.To).OfType<string>(),
                key.First().OnDelete,
                key.First().OnUpdate))
            .ToArray();
        CompareLists(
            "foreign key",
            [.. table.ForeignKeys.Select(key => Print(key))],
            told);
    }

    /// <summary>Foreign keys of other tables that refer to this one: one overlooked could act on their rows.</summary>
    private void CompareForeignKeysOfOthers()
    {
        string database = SqlText.Literal(schema.Database.Name);
        var told = connection.ReadRows(
            $"""
            SELECT child.name, key.id, key."from", key."to", key.on_update, key.on_delete
            FROM {schema.Database.Quoted}.sqlite_schema AS child, pragma_foreign_key_list(child.name, {database}) AS key
            WHERE child.type = 'table' AND key."table" = {SqlText.Literal(table.Name.Name)} COLLATE NOCASE
            ORDER BY child.rowid, key.id DESC, key.seq
            """,
            row => (
                Child: (SqlIdentifier)row.GetString(0),
                Id: row.GetInt32(1),
                From: row.GetString(2),
                To: row.GetStringOrNull(3),
                OnUpdate: row.GetString(4),
                OnDelete: row.GetString(5)));
        CompareLists(
            "foreign key of another table",
            [.. schema.ForeignKeysTo(table.Name)
                .Where(key => key.Child != table.Name)
                .Select(key => $"{key.Child} {Print(key)}")],
            [.. told
                .Where(row => row.Child != table.Name)
                .GroupBy(row => (row.Child, row.Id))
                .Select(key => $"{key.Key.Child} " + Print(
                    table.Name.Name,
                    key.Select(row => row.From),
                    key.Select(row => row.To).OfType<string>(),
                    key.First().OnDelete,
                    key.First().OnUpdate))]);
    }

    private void CompareIndexes()
    {
        // pragma.html#pragma_index_list: seq, name, unique, origin, partial
        var told = connection.ReadRows(
            Pragma("index_list", table.Name),
            row => (
                Name: (SqlIdentifier)row.GetString(1),
                IsUnique: row.GetBoolean(2),
                Origin: row.GetString(3),
                IsPartial: row.GetBoolean(4)));
        CompareLists(
            "index of a constraint",
            [.. ConstraintIndexes().Order(StringComparer.Ordinal)],
            [.. told
                .Where(index => index.Origin is not "c")
                .Select(index => Print(index.Origin, index.IsUnique, index.IsPartial, ReadIndexColumns(index.Name)))
                .Order(StringComparer.Ordinal)]);
        CompareLists(
            "index",
            [.. schema.IndexesOf(table.Name)
                .Select(index => $"{index.Name} {Print("c", index.IsUnique, index.IsPartial, index.Columns.Select(Print))}")
                .Order(StringComparer.Ordinal)],
            [.. told
                .Where(index => index.Origin is "c")
                .Select(index => $"{index.Name} {Print("c", index.IsUnique, index.IsPartial, ReadIndexColumns(index.Name))}")
                .Order(StringComparer.Ordinal)]);
        foreach (IndexSchema index in schema.IndexesOf(table.Name))
        {
            if (index.Syntax.Name.Identifier != index.Name || index.Syntax.Table.Identifier != table.Name)
            {
                differences.Add($"the text of the index {index.Name} was read as that of {index.Syntax.Name.Identifier} on {index.Syntax.Table.Identifier}");
            }
        }
    }

    private void CompareLists(string what, IReadOnlyList<string> read, IReadOnlyList<string> told)
    {
        if (read.SequenceEqual(told, StringComparer.Ordinal))
        {
            return;
        }

        List<string> rest = [.. told];
        string[] unknown = [.. read.Where(item => !rest.Remove(item))];
        differences.AddRange(unknown.Select(item => $"{what} {item} was read, SQLite has none such{Hint(item, rest)}"));
        differences.AddRange(rest.Select(item => $"{what} {item} was not read, SQLite has it"));
        if (unknown.Length == 0 && rest.Count == 0)
        {
            differences.Add($"the order of each {what} was read as {string.Join(", ", read)}, SQLite says {string.Join(", ", told)}");
        }
    }

    /// <summary>In the file format that was the default before SQLite 3.7.10, DESC is read and ignored (pragma.html, legacy_file_format).</summary>
    private static string Hint(string read, List<string> told) =>
        read.Contains(" DESC", StringComparison.Ordinal) && told.Contains(read.Replace(" DESC", "", StringComparison.Ordinal), StringComparer.Ordinal)
            ? " (a file in SQLite's old format ignores DESC: VACUUM renews it)"
            : "";

    /// <summary>
    /// The indexes that SQLite makes for PRIMARY KEY and UNIQUE. Constraints with the same columns and collations share one,
    /// which is the primary key's if one of them is; the rowid's alias needs none (build.c, sqlite3CreateIndex).
    /// </summary>
    private IEnumerable<string> ConstraintIndexes()
    {
        IEnumerable<(string Origin, int Start, ImmutableArray<KeyColumn> Columns)> constraints =
            table.Uniques.Select(unique => ("u", unique.Span.Start, unique.Columns));
        if (table.PrimaryKey is { } key && table.RowIdAlias is null)
        {
            // An INTEGER PRIMARY KEY gets its index only when the end of a WITHOUT ROWID table is reached.
            bool isLate = FindsRowIdAliasFirst(key);
            constraints = constraints.Append(("pk", isLate ? int.MaxValue : key.Span.Start, key.Columns));
        }

        return constraints
            .OrderBy(constraint => constraint.Start)
            .GroupBy(
                constraint => string.Join(',', constraint.Columns.Select(column => $"{PrintName(column)} {CollationOf(column).Name.ToUpperInvariant()}")),
                StringComparer.Ordinal)
            .Select(group => Print(
                group.Any(constraint => constraint.Origin is "pk") ? "pk" : "u",
                isUnique: true,
                isPartial: false,
                (group.Any(constraint => constraint.Origin is "pk") ? WithoutRepeats(group.First().Columns) : group.First().Columns)
                    .Select(Print)));
    }

    private bool FindsRowIdAliasFirst(PrimaryKeySchema key) =>
        key.Columns is [{ Name: { } name } only]
        && !(key.Column is not null && only.Descending)
        && table.FindColumn(name) is { } column
        && DeclaredType.IsInteger(column.DeclaredType);

    /// <summary>The collation of an index column: its own, else the table column's, else BINARY for an expression.</summary>
    private SqlIdentifier CollationOf(KeyColumn column) =>
        column.Collation ?? (column.Name is { } name ? table.FindColumn(name)?.Collation : null) ?? "BINARY";

    private string Print(KeyColumn column) =>
        $"{PrintName(column)} COLLATE {CollationOf(column).Name.ToUpperInvariant()}{(column.Descending ? " DESC" : "")}";

    private string PrintName(KeyColumn column) =>
        column.Name is not { } name ? "(expression)" : (table.FindColumn(name)?.Name ?? name).Quoted;

    private ImmutableArray<string> ReadIndexColumns(SqlIdentifier index)
    {
        // pragma.html#pragma_index_xinfo: seqno, cid, name, desc, coll, key; an expression has no name.
        var columns = connection.ReadRows(
            Pragma("index_xinfo", index),
            row => (
                Name: row.GetStringOrNull(2),
                IsDescending: row.GetBoolean(3),
                Collation: row.GetString(4),
                IsKey: row.GetBoolean(5)));
        return [.. columns
            .Where(column => column.IsKey)
            .Select(column =>
                (column.Name is null ? "(expression)" : SqlIdentifier.Quote(column.Name))
                + $" COLLATE {column.Collation.ToUpperInvariant()}{(column.IsDescending ? " DESC" : "")}")];
    }

    private static string Print(string origin, bool isUnique, bool isPartial, IEnumerable<string> columns) =>
        (origin is "pk" ? "PRIMARY KEY " : isUnique ? "UNIQUE " : "")
        + $"({string.Join(", ", columns)})"
        + (isPartial ? " WHERE ..." : "");

    private string Print(ForeignKeySchema key) => Print(
        key.Parent == table.Name ? table.Name.Name : key.Parent.Name,
        key.Columns.Select(column => column.Name),
        key.ParentColumns.Select(column => column.Name),
        Print(key.OnDelete),
        Print(key.OnUpdate));

    private static string Print(
        string parent, IEnumerable<string> columns, IEnumerable<string> parentColumns, string onDelete, string onUpdate)
    {
        string target = string.Join(", ", parentColumns.Select(SqlIdentifier.Quote));
        return $"({string.Join(", ", columns.Select(SqlIdentifier.Quote))}) REFERENCES {SqlIdentifier.Quote(parent)}"
            + (target.Length > 0 ? $"({target})" : "")
            + $" ON DELETE {onDelete} ON UPDATE {onUpdate}";
    }

    private static string Print(ForeignKeyAction action) => action switch
    {
        ForeignKeyAction.Restrict => "RESTRICT",
        ForeignKeyAction.Cascade => "CASCADE",
        ForeignKeyAction.SetNull => "SET NULL",
        ForeignKeyAction.SetDefault => "SET DEFAULT",
        _ => "NO ACTION",
    };
}
