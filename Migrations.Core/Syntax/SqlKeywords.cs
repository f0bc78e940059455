using System.Collections.Frozen;
using System.Text;

namespace Migrations.Core.Syntax;

/// <summary>
/// Which bare words can be names. SQLite lets most of its keywords stand as names where they can't be read as keywords
/// (parse.y, %fallback); what is left is reserved.
/// </summary>
internal static class SqlKeywords
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Reserved = Words(
        "ADD", "ALL", "ALTER", "AND", "AS", "AUTOINCREMENT", "BETWEEN", "CASE", "CHECK", "COLLATE", "COMMIT", "CONSTRAINT",
        "CREATE", "DEFAULT", "DEFERRABLE", "DELETE", "DISTINCT", "DROP", "ELSE", "ESCAPE", "EXCEPT", "EXISTS", "FOREIGN",
        "FROM", "GROUP", "HAVING", "IN", "INDEX", "INSERT", "INTERSECT", "INTO", "IS", "ISNULL", "JOIN", "LIMIT", "NOT",
        "NOTHING", "NOTNULL", "NULL", "ON", "OR", "ORDER", "PRIMARY", "REFERENCES", "RETURNING", "SELECT", "SET", "TABLE",
        "THEN", "TO", "TRANSACTION", "UNION", "UNIQUE", "UPDATE", "USING", "VALUES", "WHEN", "WHERE");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Join = Words(
        "CROSS", "FULL", "INNER", "LEFT", "NATURAL", "OUTER", "RIGHT");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Value = Words(
        "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP");

    /// <summary>"nm" of SQLite's grammar: a table, column, constraint or schema may bear this word as its name.</summary>
    public static bool CanBeName(ReadOnlySpan<char> word) => !Contains(Reserved, word);

    /// <summary>"id" of SQLite's grammar: a name, but for the words that begin a join.</summary>
    public static bool CanBeId(ReadOnlySpan<char> word) => CanBeName(word) && !Contains(Join, word);

    /// <summary>"ids" of SQLite's grammar: a word of a declared type, or a collation.</summary>
    public static bool CanBeTypeWord(ReadOnlySpan<char> word) => CanBeId(word) && !Is(word, "INDEXED");

    /// <summary>CURRENT_DATE and its kind: a value wherever an expression stands.</summary>
    public static bool IsCurrentTime(ReadOnlySpan<char> word) => Contains(Value, word);

    public static bool Is(ReadOnlySpan<char> word, ReadOnlySpan<char> keyword) =>
        SqlText.EqualsIgnoreAsciiCase(word, keyword);

    private static bool Contains(FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> words, ReadOnlySpan<char> word) =>
        Ascii.IsValid(word) && words.Contains(word);

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words(params string[] words) =>
        words.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
