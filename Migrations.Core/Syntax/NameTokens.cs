using System.Collections.Immutable;

namespace Migrations.Core.Syntax;

/// <summary>
/// Finds the tokens of a piece of SQL that may be names. SQLite also takes 'text' for the name of a table or column where its
/// grammar asks for a name and not for an expression; such strings are told from values by what stands before them.
/// </summary>
internal sealed class NameTokens
{
    private static readonly string[] WordsBeforeName =
        ["FROM", "JOIN", "INTO", "UPDATE", "TABLE", "INDEX", "TRIGGER", "VIEW", "ON", "IN", "SET", "OF", "REFERENCES", "BY"];

    private static readonly string[] WordsBeforeNameList = ["USING", "KEY", "UNIQUE", "SET", "OF"];

    private static readonly string[] WordsBeforeListOwner = ["INTO", "ON", "REFERENCES", "AS", "WITH", "VIEW"];

    private static readonly string[] WordsThatEndLists =
        ["WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "SELECT", "VALUES", "UNION", "EXCEPT", "INTERSECT", "RETURNING", "BEGIN"];

    private readonly string text;
    private readonly ImmutableArray<SqlToken> tokens;
    private readonly Stack<bool> outerLists = [];

    /// <summary>Whether strings after a comma are names: in FROM a, 'b' and UPDATE OF a, 'b' and INSERT INTO t(a, 'b').</summary>
    private bool isInList;

    private NameTokens(string text)
    {
        this.text = text;
        tokens = [.. SqlLexer.Tokenize(text).Where(token => !token.IsTrivia)];
    }

    /// <summary>The tokens that may be names, in source order; certain to hold all that are.</summary>
    public static ImmutableArray<SqlToken> In(string text)
    {
        NameTokens reader = new(text);
        ImmutableArray<SqlToken>.Builder names = ImmutableArray.CreateBuilder<SqlToken>();
        for (int i = 0; i < reader.tokens.Length; i++)
        {
            if (reader.IsName(i))
            {
                names.Add(reader.tokens[i]);
            }

            reader.Pass(i);
        }

        return names.DrainToImmutable();
    }

    private bool IsName(int index) => tokens[index].Kind switch
    {
        SqlTokenKind.QuotedName => true,
        SqlTokenKind.Word => SqlKeywords.CanBeName(tokens[index].Span.In(text)) && !IsKeyOfConstraint(index),
        SqlTokenKind.String => IsNameString(index),
        _ => false,
    };

    private bool IsKeyOfConstraint(int index) =>
        IsWord(index, "KEY") && (IsWord(index - 1, "PRIMARY") || IsWord(index - 1, "FOREIGN"));

    private bool IsNameString(int index) =>
        IsMark(index - 1, '.')
        || IsMark(index + 1, '.')
        || IsOneOf(index - 1, WordsBeforeName)
        || (IsWord(index - 2, "OR") && IsWord(index - 3, "UPDATE"))
        || (IsMark(index - 1, ',') && (isInList || IsMark(index + 1, '=')))
        || (IsMark(index - 1, '(') && isInList);

    private void Pass(int index)
    {
        if (IsMark(index, '('))
        {
            bool isNameList = IsOneOf(index - 1, WordsBeforeNameList) || IsOneOf(index - 2, WordsBeforeListOwner)
                || (IsMark(index - 2, '.') && IsOneOf(index - 4, WordsBeforeListOwner))
                || (isInList && (IsMark(index - 1, ',') || IsMark(index - 1, '(') || IsWord(index - 1, "FROM") || IsWord(index - 1, "JOIN")));
            outerLists.Push(isInList);
            isInList = isNameList;
        }
        else if (IsMark(index, ')'))
        {
            isInList = outerLists.TryPop(out bool outer) && outer;
        }
        else if (IsWord(index, "FROM") || IsWord(index, "OF"))
        {
            isInList = true;
        }
        else if (IsOneOf(index, WordsThatEndLists))
        {
            isInList = false;
        }
    }

    private bool IsOneOf(int index, string[] words)
    {
        foreach (string word in words)
        {
            if (IsWord(index, word))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsWord(int index, string word) =>
        index >= 0
        && index < tokens.Length
        && tokens[index].Kind is SqlTokenKind.Word
        && SqlKeywords.Is(tokens[index].Span.In(text), word);

    private bool IsMark(int index, char mark) =>
        index >= 0
        && index < tokens.Length
        && tokens[index] is { Kind: SqlTokenKind.Operator, Span.Length: 1 }
        && text[tokens[index].Span.Start] == mark;
}
