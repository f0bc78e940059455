using System.Globalization;

namespace Migrations.Testing.Generation;

/// <summary>
/// Values of a domain, distinct as far as the domain goes, in which mistakes of migrations show: empty and padded texts, quotes, letters
/// outside ASCII, leading zeros, zero and negative numbers, numbers that a REAL can't hold, fractions, bytes of zero.
/// </summary>
internal static class TellingValues
{
    /// <summary>The length of the first round, in which all the special values are.</summary>
    public const int Round = 12;

    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>The value at a place from 0.</summary>
    public static object At(ValueDomain domain, int place) => domain.Kind switch
    {
        ValueKind.Integer => Integer(domain, place),
        ValueKind.Boolean => (long)(place & 1),
        ValueKind.Real => Real(place),
        ValueKind.Decimal => Decimal(domain, place) is var number && number == Math.Truncate(number) ? (object)(long)number : (double)number,
        ValueKind.Blob => Blob(domain.Length, place),
        ValueKind.Date => Day(place).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ValueKind.DateTime => Fit(Moment(place), domain.Length, place),
        ValueKind.Time => string.Create(CultureInfo.InvariantCulture, $"{place * 7 % 24:00}:{place * 13 % 60:00}:{place / 60 % 60:00}"),
        ValueKind.Guid => Guid(place),
        ValueKind.Json => Json(place),
        ValueKind.Email => Fit(Email(place), domain.Length, place),
        ValueKind.Url => Fit(string.Create(CultureInfo.InvariantCulture, $"https://example.org/{place}?q=a%20b"), domain.Length, place),
        ValueKind.Any => Any(place),
        _ => Fit(Text(place), domain.Length, place),
    };

    private static long Integer(ValueDomain domain, int place)
    {
        long value = place switch
        {
            1 => 0,
            3 => -1,
            5 => 9_007_199_254_740_993,
            7 => -4_294_967_297,
            9 => 1_152_921_504_606_846_977,
            _ => (place * 10L) + (place * 7 % 10) + 1,
        };
        return value >= domain.Least && value <= domain.Greatest ? value : place + 100L <= domain.Greatest ? place + 100L : place % (domain.Greatest + 1);
    }

    private static double Real(int place) => place switch
    {
        1 => 0.0,
        3 => -1.5,
        5 => 0.1,
        7 => 1e15 + 0.5,
        9 => -2e-7,
        11 => 100.0,
        _ => place + 0.25,
    };

    private static decimal Decimal(ValueDomain domain, int place)
    {
        long whole = Power(Math.Min(15, domain.Length) - domain.Scale);
        decimal number = place switch
        {
            1 => 0m,
            3 => -1m,
            5 => whole - 1,
            _ => place % whole,
        };
        if (domain.Scale > 0 && place is not (1 or 3))
        {
            long part = Power(Math.Min(4, domain.Scale));
            number += (decimal)((place * 25L % part) + (place % 2)) % part / part;
        }

        return number;
    }

    private static long Power(int digits) => (long)Math.Pow(10, Math.Max(0, digits));

    private static byte[] Blob(int length, int place)
    {
        byte[] bytes = place switch
        {
            1 => [],
            3 => [0],
            5 => [0xFF, 0xFE, 0x00, 0x80],
            _ => [0x00, (byte)(place >> 8), (byte)place, 0x00, 0xC3],
        };
        return bytes.Length <= length ? bytes : bytes[^length..];
    }

    private static DateTime Day(int place) => place switch
    {
        1 => new(1970, 1, 1),
        3 => new(2024, 2, 29),
        5 => new(1999, 12, 31),
        _ => new DateTime(2021, 1, 1).AddDays(place * 17),
    };

    private static string Moment(int place)
    {
        DateTime moment = Day(place).AddSeconds(place * 3671);
        return moment.ToString(place % 4 == 2 ? "yyyy-MM-dd HH:mm:ss.fff" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }

    private static string Guid(int place) => string.Create(
        CultureInfo.InvariantCulture, $"{unchecked((uint)place * 2654435761):X8}-0000-4000-8000-{place:X12}");

    private static string Json(int place) => place switch
    {
        1 => "{}",
        3 => "[]",
        5 => "{\"name\": \"Zoë \\\"Z\\\"\", \"n\": null}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{{\"id\": {place}, \"tags\": [\"a\", \"b\"]}}"),
    };

    private static string Email(int place) => place switch
    {
        1 => "O'Brien+tag@example.org",
        3 => "jürgen@example.org",
        5 => "First.Last@Example.ORG",
        _ => string.Create(CultureInfo.InvariantCulture, $"user{place}@example.org"),
    };

    private static object Any(int place) => (place % 4) switch
    {
        0 => Text(place),
        1 => place * 3L,
        2 => place + 0.5,
        _ => new byte[] { 0, (byte)place, (byte)(place >> 8), 0xFF },
    };

    private static string Text(int place) => place switch
    {
        1 => "",
        3 => "O'Brien said \"no\"",
        5 => "Zürich ☃ 東京 😀",
        7 => "007",
        9 => " padded ",
        11 => "line 1\nline 2\t%_;--",
        _ => string.Create(CultureInfo.InvariantCulture, $"Text {place}"),
    };

    /// <summary>The text, or another of the length that is allowed, as distinct as so few characters can be.</summary>
    private static string Fit(string text, int length, int place)
    {
        if (text.Length <= length)
        {
            return text;
        }

        Span<char> digits = stackalloc char[Math.Min(length, 6)];
        for (int i = digits.Length - 1; i >= 0; i--, place /= Digits.Length)
        {
            digits[i] = Digits[place % Digits.Length];
        }

        return digits.ToString();
    }
}
