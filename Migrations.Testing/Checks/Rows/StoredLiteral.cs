using System.Globalization;

namespace Migrations.Testing.Checks.Rows;

/// <summary>Values as SQLite's quote() writes them, compared; null is NULL.</summary>
internal static class StoredLiteral
{
    private const int MostShown = 80;

    /// <summary>Equal for what is equal to SQLite in a column without affinity: 1 and 1.0, but not 1 and '1'.</summary>
    public static string? Exact(string? literal) => literal is null || !IsNumber(literal) ? literal : Number(literal);

    /// <summary>Equal also for a number and its text, as a column of another type would have them.</summary>
    public static string? Loose(string? literal) => literal switch
    {
        null => null,
        ['\'', .., '\''] => Loose(literal[1..^1].Replace("''", "'", StringComparison.Ordinal), isText: true),
        _ => Loose(literal, isText: false),
    };

    /// <summary>The value for a message.</summary>
    public static string Shown(string? literal) => literal switch
    {
        null => "NULL",
        { Length: > MostShown } => $"{literal[..(MostShown - 3)]}...",
        _ => literal,
    };

    private static string Loose(string text, bool isText) => IsNumber(text) ? Number(text) : isText ? "'" + text : text;

    private static bool IsNumber(string text) =>
        text.Length > 0 && (char.IsAsciiDigit(text[0]) || (text[0] is '-' or '+' && text.Length > 1 && char.IsAsciiDigit(text[1])))
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    // Beyond 2^53 an integer is not what it is as a real.
    private static string Number(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer)
        ? integer.ToString(CultureInfo.InvariantCulture)
        : double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) is var real && real == Math.Truncate(real) && Math.Abs(real) < 1L << 53
            ? ((long)real).ToString(CultureInfo.InvariantCulture)
            : real.ToString("R", CultureInfo.InvariantCulture);
}
