using System.Collections.Immutable;
using Migrations.Core.Syntax;

namespace Migrations.Tests.Syntax;

/// <summary>
/// Where trivia may stand without a change of meaning. Only white space may stand before GENERATED and ALWAYS: SQLite takes
/// a comment there for part of the type (build.c, sqlite3AddColumn), and so does the reader.
/// </summary>
internal static class PlacesForTrivia
{
    public static string Fill(string text, ImmutableArray<SqlToken> tokens, Func<int, string> trivia) =>
        string.Concat(tokens.Select((token, i) =>
            (IsOfGenerated(text, tokens, i) && trivia(i).Length > 0 ? " " : trivia(i)) + token.Span.TextIn(text)));

    private static bool IsOfGenerated(string text, ImmutableArray<SqlToken> tokens, int index)
    {
        SqlToken next = tokens.Skip(index).FirstOrDefault(token => !token.IsTrivia);
        SqlIdentifier word = next.Span.TextIn(text);
        return word == "GENERATED" || word == "ALWAYS";
    }
}
