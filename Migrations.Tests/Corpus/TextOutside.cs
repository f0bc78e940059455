using Migrations.Core.Alteration.Editing;
using Migrations.Core.Syntax;

namespace Migrations.Tests.Corpus;

/// <summary>Whether a CREATE TABLE text was changed nowhere but at one column.</summary>
internal static class TextOutside
{
    /// <summary>
    /// True where both texts begin and end with the same bytes around the column's definition, the comma and the white space or
    /// comments beside it. The table's own name, which ALTER TABLE quotes, is left out, and so is that name before a column in a CHECK.
    /// </summary>
    public static bool IsUnchanged(string before, string after, string column)
    {
        CreateTableSyntax afterSyntax = CreateTableReader.Read(after);
        return IsUnchanged(CreateTableReader.Read(before), afterSyntax, column)
            || IsUnchanged(CreateTableReader.Read(SelfReferences.Unqualified(CreateTableReader.Read(before))), afterSyntax, column);
    }

    private static bool IsUnchanged(CreateTableSyntax before, CreateTableSyntax after, string column)
    {
        string text = before.Text;
        SourceSpan span = before.Columns.First(candidate => candidate.Name.Identifier == column).Span;
        List<SqlToken> tokens = [.. SqlLexer.Tokenize(text)];
        int first = tokens.FindIndex(token => token.Span.Start >= span.Start);
        while (first > 0 && IsBetween(tokens[first - 1]))
        {
            first--;
        }

        int last = tokens.FindLastIndex(token => token.Span.End <= span.End);
        while (last < tokens.Count - 1 && IsBetween(tokens[last + 1]))
        {
            last++;
        }

        string head = text[before.Name.Span.End..tokens[first].Span.Start];
        string tail = text[tokens[last].Span.End..];
        string body = after.Text[after.Name.Span.End..];
        return body.Length >= head.Length + tail.Length
            && body.StartsWith(head, StringComparison.Ordinal)
            && body.EndsWith(tail, StringComparison.Ordinal);

        bool IsBetween(SqlToken token) => token.IsTrivia || token.Span.TextIn(text) == ",";
    }
}
