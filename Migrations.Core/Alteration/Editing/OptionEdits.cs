using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Editing;

/// <summary>Edits of what stands after the closing parenthesis of a CREATE TABLE.</summary>
internal static class OptionEdits
{
    public static string Set(CreateTableSyntax table, TableOptionKind kind, bool isSet)
    {
        int index = table.Options.Select(option => option.Kind).ToList().IndexOf(kind);
        return (index >= 0) == isSet ? table.Text : isSet ? Add(table, kind) : Remove(table, index);
    }

    private static string Add(CreateTableSyntax table, TableOptionKind kind)
    {
        string word = kind == TableOptionKind.Strict ? "STRICT" : "WITHOUT ROWID";
        return table.Options.IsEmpty
            ? TextEdit.Insert(table.Text, table.Close.End, $" {word}")
            : TextEdit.Insert(table.Text, table.Options[^1].Span.End, $", {word}");
    }

    private static string Remove(CreateTableSyntax table, int index)
    {
        SourceSpan span = table.Options[index].Span;
        SourceSpan withComma = (index, table.Options.Length) switch
        {
            (0, > 1) => SourceSpan.FromBounds(span.Start, table.Options[1].Span.Start),
            ( > 0, _) => SourceSpan.FromBounds(table.Options[index - 1].Span.End, span.End),
            _ => span,
        };
        return index == 0 && table.Options.Length > 1
            ? TextEdit.Replace(table.Text, withComma, "")
            : TextEdit.Remove(table.Text, withComma);
    }
}
