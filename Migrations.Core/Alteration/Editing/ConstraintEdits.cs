using System.Collections.Immutable;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Editing;

/// <summary>Edits of constraints in the text of a CREATE TABLE. Each gives the new text; all else stays as it is.</summary>
internal static class ConstraintEdits
{
    public static string Add(CreateTableSyntax table, AddPrimaryKey key) => Append(
        table, key.Name, $"PRIMARY KEY ({Columns(key.Columns)}{(key.AutoIncrement ? " AUTOINCREMENT" : "")})");

    public static string Add(CreateTableSyntax table, AddUnique unique) =>
        Append(table, unique.Name, $"UNIQUE ({Columns(unique.Columns)})");

    public static string Add(CreateTableSyntax table, AddCheck check) =>
        Append(table, check.Name, $"CHECK ({SqlTokens.Closed(check.Expression)})");

    public static string Add(CreateTableSyntax table, AddForeignKey key)
    {
        string parentColumns = key.ParentColumns.IsEmpty ? "" : $" ({Names(key.ParentColumns)})";
        string sql = $"FOREIGN KEY ({Names(key.Columns)}) REFERENCES {key.Parent.Quoted}{parentColumns}"
            + Action(" ON DELETE ", key.OnDelete)
            + Action(" ON UPDATE ", key.OnUpdate)
            + (key.InitiallyDeferred ? " DEFERRABLE INITIALLY DEFERRED" : "");
        return Append(table, key.Name, sql);
    }

    /// <summary>Takes a constraint out, wherever it is written.</summary>
    public static string Drop(CreateTableSyntax table, SourceSpan constraint)
    {
        int index = table.Constraints.Select(item => item.Span).ToList().IndexOf(constraint);
        return index < 0
            ? TextEdit.Remove(table.Text, constraint)
            : TableBody.Of(table).RemoveAt(table.Columns.Length + index).ToString();
    }

    private static string Append(CreateTableSyntax table, SqlIdentifier? name, string constraint) =>
        TableBody.Of(table).Append(name is { } given ? $"CONSTRAINT {given.Quoted} {constraint}" : constraint).ToString();

    private static string Columns(ImmutableArray<KeyColumn> columns) => string.Join(", ", columns.Select(column =>
        column.Name!.Value.Quoted
        + (column.Collation is { } collation ? $" COLLATE {collation.Quoted}" : "")
        + (column.Descending ? " DESC" : "")));

    private static string Names(ImmutableArray<SqlIdentifier> names) => string.Join(", ", names.Select(name => name.Quoted));

    private static string Action(string clause, ForeignKeyAction action) => action switch
    {
        ForeignKeyAction.Restrict => clause + "RESTRICT",
        ForeignKeyAction.Cascade => clause + "CASCADE",
        ForeignKeyAction.SetNull => clause + "SET NULL",
        ForeignKeyAction.SetDefault => clause + "SET DEFAULT",
        _ => "",
    };
}
