using Migrations.Core.Changes;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Editing;

/// <summary>Edits of column definitions in the text of a CREATE TABLE. Each gives the new text; all else stays as it is.</summary>
internal static class ColumnEdits
{
    public static string Add(CreateTableSyntax table, string definition, ColumnPlace place) =>
        TableBody.Of(table).Insert(PlaceIn(table, place), SqlTokens.Closed(definition), isColumn: true).ToString();

    public static string Drop(CreateTableSyntax table, ColumnSyntax column) =>
        TableBody.Of(table).RemoveAt(table.Columns.IndexOf(column)).ToString();

    public static string Move(CreateTableSyntax table, ColumnSyntax column, ColumnPlace place)
    {
        int from = table.Columns.IndexOf(column);
        int to = PlaceIn(table, place);
        to = to > from ? to - 1 : to;
        return to == from ? table.Text : TableBody.Of(table).Move(from, to).ToString();
    }

    public static string SetType(CreateTableSyntax table, ColumnSyntax column, string? type) => (column.Type, type) switch
    {
        (null, null) => table.Text,
        (null, _) => TextEdit.Insert(table.Text, column.Name.Span.End, " " + type),
        ({ } span, null) => TextEdit.Remove(table.Text, span),
        ({ } span, _) => TextEdit.Replace(table.Text, span, type),
    };

    public static string SetNotNull(CreateTableSyntax table, ColumnSyntax column) =>
        column.Constraints.OfType<NotNullSyntax>().Any()
            ? table.Text
            : TextEdit.Insert(Without<NullSyntax>(table, column), AfterType(column), " NOT NULL");

    public static string SetNullable(CreateTableSyntax table, ColumnSyntax column) => Without<NotNullSyntax>(table, column);

    public static string SetDefault(CreateTableSyntax table, ColumnSyntax column, string? value)
    {
        if (value is null)
        {
            return Without<DefaultSyntax>(table, column);
        }

        // Of several defaults SQLite takes the last one.
        return column.Constraints.OfType<DefaultSyntax>().LastOrDefault() is { } existing
            ? TextEdit.Replace(table.Text, existing.Value, SpacedAfterKeyword(table.Text, existing.Value, value))
            : TextEdit.Insert(table.Text, AfterType(column), $" DEFAULT {value}");
    }

    public static string SetCollation(CreateTableSyntax table, ColumnSyntax column, SqlIdentifier? collation)
    {
        if (collation is not { } name)
        {
            return Without<CollateSyntax>(table, column);
        }

        return column.Constraints.OfType<CollateSyntax>().LastOrDefault() is { } existing
            ? TextEdit.Replace(table.Text, existing.Collation.Span, name.Quoted)
            : TextEdit.Insert(table.Text, AfterType(column), $" COLLATE {name.Quoted}");
    }

    private static int PlaceIn(CreateTableSyntax table, ColumnPlace place) => place.Kind switch
    {
        ColumnPlaceKind.First => 0,
        ColumnPlaceKind.Last => table.Columns.Length,
        ColumnPlaceKind.Before => IndexOf(table, place.Column),
        _ => IndexOf(table, place.Column) + 1,
    };

    private static int IndexOf(CreateTableSyntax table, SqlIdentifier? name) =>
        table.Columns.Select(column => column.Name.Identifier).ToList().FindIndex(column => column == name);

    /// <summary>
    /// Constraints go right after the type: what stands at the end of a definition may still be open (REFERENCES p NOT ...).
    /// Where GENERATED ALWAYS follows they go after that: a comment before it belongs to the type, and may run to the end of its line.
    /// </summary>
    private static int AfterType(ColumnSyntax column) =>
        column.Constraints is [GeneratedSyntax generated, ..] ? generated.Span.End : (column.Type ?? column.Name.Span).End;

    /// <summary>"DEFAULT(1)" needs a space before a new value that is not in parentheses.</summary>
    private static string SpacedAfterKeyword(string text, SourceSpan value, string replacement) =>
        char.IsWhiteSpace(text[value.Start - 1]) || text[value.Start - 1] == '/' ? replacement : " " + replacement;

    private static string Without<T>(CreateTableSyntax table, ColumnSyntax column)
        where T : ColumnConstraintSyntax
    {
        string text = table.Text;
        foreach (T constraint in column.Constraints.OfType<T>().Reverse())
        {
            text = TextEdit.Remove(text, constraint.Span);
        }

        return text;
    }
}
