using System.Globalization;
using System.Text;
using Migrations.Core.Syntax;

namespace Migrations.Core.Authoring;

/// <summary>Values as SQL literals (lang_expr.html, section 3): what a default, a mapping or a message writes.</summary>
internal static class SqlLiteral
{
    /// <summary>Numbers of so many significant digits come through SQLite's REAL unchanged (floatingpoint.html).</summary>
    private const int RealDigits = 15;

    private const int MaximumDescription = 200;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// The literal whose value is what Microsoft.Data.Sqlite stores for a parameter of this value. A decimal is written as a
    /// number, unless it has more digits than SQLite's numbers keep; then it is its text.
    /// </summary>
    /// <exception cref="ArgumentException">The value has no literal.</exception>
    public static string Of(object? value) => value is decimal number ? Decimal(number) : StoredValue.From(value) switch
    {
        null => "NULL",
        long i => Integer(i),
        double d => Real(d),
        string s => Text(s),
        byte[] b => $"x'{Convert.ToHexStringLower(b)}'",
        object other => throw new ArgumentException($"A value of type {other.GetType()} has no SQL literal.", nameof(value)),
    };

    /// <summary>A value for people to read: its literal, or what comes closest, shortened where it is long.</summary>
    public static string Describe(object? value)
    {
        string text = value switch
        {
            string s when s.Contains('\0', StringComparison.Ordinal) =>
                $"CAST(x'{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(s))}' AS TEXT)",
            string s => SqlText.Literal(s),
            null or DBNull or bool or long or int or double or decimal or byte[] => Of(value),
            _ => SqlText.Literal(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
        };
        return text.Length <= MaximumDescription ? text : text[..MaximumDescription] + "...";
    }

    /// <summary>The literal ready to stand after DEFAULT, which takes signed numbers but no other expression.</summary>
    private static string Integer(long value) => value == long.MinValue
        // -9223372036854775808 is read as minus of a number that is too large for an integer.
        ? "(-9223372036854775807 - 1)"
        : value.ToString(CultureInfo.InvariantCulture);

    private static string Real(double value)
    {
        if (double.IsInfinity(value))
        {
            return value > 0 ? "9e999" : "-9e999";
        }

        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny(".E") ? text : text + ".0";
    }

    private static string Decimal(decimal value)
    {
        string text = value.ToString(CultureInfo.InvariantCulture);
        return text.Count(char.IsAsciiDigit) <= RealDigits ? text : Text((string)StoredValue.From(value)!); // A decimal is stored as text.
    }

    private static string Text(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("Text with a NUL character can't be written in SQL: the statement would end there.", nameof(text));
        }

        try
        {
            StrictUtf8.GetByteCount(text);
        }
        catch (EncoderFallbackException e)
        {
            throw new ArgumentException("The text holds half of a surrogate pair, which SQLite can't store.", nameof(text), e);
        }

        return SqlText.Literal(text);
    }
}
