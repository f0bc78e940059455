using System.Collections.Frozen;

namespace Migrations.Core.Syntax;

/// <summary>What SQLite makes of the words of a declared type, as its pragmas then show it.</summary>
internal static class DeclaredType
{
    private const string Quotes = "'\"`[";

    private static readonly FrozenSet<string> StandardTypes =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "ANY", "BLOB", "INT", "INTEGER", "REAL", "TEXT");

    /// <summary>
    /// The type as it stands, comments included, but that SQLite writes its own six types in capitals and takes off quotes
    /// around the first word, together with all that follows them; empty where there is no type.
    /// </summary>
    public static string Of(string text, SourceSpan? type)
    {
        string written = Unquote(type?.TextIn(text) ?? "");
        return StandardTypes.TryGetValue(written, out string? standard) ? standard : written;
    }

    // With no second quote inside, SQLite cuts off the first and the last character, whatever that is (expr.c,
    // sqlite3DequoteToken): the type [a] b is called "a] ".
    private static string Unquote(string written)
    {
        if (written.Length < 2 || !Quotes.Contains(written[0], StringComparison.Ordinal))
        {
            return written;
        }

        return written.AsSpan(1, written.Length - 2).IndexOfAny(Quotes) < 0
            ? written[1..^1]
            : SqlTokens.Name(written, SqlLexer.Tokenize(written)[0]).Name;
    }
}
