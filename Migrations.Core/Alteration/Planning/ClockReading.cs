using System.Collections.Frozen;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>
/// Whether an expression may ask for the time. SQLite takes such a CHECK and refuses every row under it (lang_datefunc.html), but answers
/// a query with the same expression: only a row that is written tells.
/// </summary>
internal static class ClockReading
{
    private static readonly FrozenSet<string> Words = new[]
    {
        "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "DATE", "TIME", "DATETIME", "JULIANDAY", "UNIXEPOCH", "STRFTIME", "TIMEDIFF",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool IsIn(string expression) =>
        SqlLexer.Tokenize(expression).Any(token => Words.Contains(token.Span.TextIn(expression)));
}
