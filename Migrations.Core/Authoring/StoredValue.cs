using System.Globalization;

namespace Migrations.Core.Authoring;

/// <summary>
/// Between CLR values and what SQLite stores: null, long, double, string or byte[]. The text formats are
/// Microsoft.Data.Sqlite's own, so that a value written here equals one written through a parameter.
/// </summary>
internal static class StoredValue
{
    private const string DateFormat = "yyyy-MM-dd";
    private const string DateTimeFormat = "yyyy-MM-dd HH:mm:ss.FFFFFFF";
    private const string DateTimeOffsetFormat = "yyyy-MM-dd HH:mm:ss.FFFFFFFzzz";
    private const string DecimalFormat = "0.0###########################";

    private const NumberStyles DecimalStyles =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    // SQLite's own time strings (lang_datefunc.html, section 2), and nothing that depends on today or on the machine's time zone.
    private static readonly string[] TimeStrings =
    [
        DateFormat,
        "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", DateTimeFormat,
        "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF",
    ];

    private static readonly string[] ZonedTimeStrings = [.. TimeStrings.SelectMany(format => (string[])[format, format + "K"])];

    /// <summary>The stored form of a value.</summary>
    /// <exception cref="ArgumentException">The value has no stored form.</exception>
    public static object? From(object? value) => value switch
    {
        null or DBNull => null,
        bool b => b ? 1L : 0L,
        sbyte or byte or short or ushort or int or uint or long => System.Convert.ToInt64(value, CultureInfo.InvariantCulture),
        ulong u => u <= long.MaxValue
            ? (long)u
            : throw new ArgumentException($"{u} is beyond SQLite's largest integer, {long.MaxValue}.", nameof(value)),
        Enum e => From(System.Convert.ChangeType(e, Enum.GetUnderlyingType(e.GetType()), CultureInfo.InvariantCulture)),
        float f => From((double)f),
        double d => double.IsNaN(d) ? throw new ArgumentException("SQLite can't store NaN.", nameof(value)) : d,
        decimal m => m.ToString(DecimalFormat, CultureInfo.InvariantCulture),
        string or byte[] => value,
        char c => c.ToString(),
        Guid g => g.ToString().ToUpperInvariant(),
        DateTime t => t.ToString(DateTimeFormat, CultureInfo.InvariantCulture),
        DateTimeOffset t => t.ToString(DateTimeOffsetFormat, CultureInfo.InvariantCulture),
        DateOnly d => d.ToString(DateFormat, CultureInfo.InvariantCulture),
        TimeOnly t => t.ToString(
            t.Ticks % TimeSpan.TicksPerSecond == 0 ? "HH:mm:ss" : "HH:mm:ss.fffffff", CultureInfo.InvariantCulture),
        TimeSpan t => t.ToString("c", CultureInfo.InvariantCulture),
        _ => throw new ArgumentException(
            $"A value of type {value.GetType()} can't be stored by SQLite. Give a number, a string, a byte[], a date, a time or a Guid.",
            nameof(value)),
    };

    /// <summary>
    /// A stored value as a CLR value. Only conversions that lose nothing are made: the integer 1 is a bool, 2 is none.
    /// </summary>
    /// <exception cref="InvalidCastException">The stored value is not a <typeparamref name="T"/>.</exception>
    public static T? To<T>(object? stored)
    {
        Type type = typeof(T);
        if (stored is null or DBNull)
        {
            return type.IsValueType && Nullable.GetUnderlyingType(type) is null
                ? throw new InvalidCastException($"NULL is not a {type.Name}.")
                : default;
        }

        Type target = Nullable.GetUnderlyingType(type) ?? type;
        return stored is T same
            ? same
            : (T?)(Convert(stored, target) ?? throw new InvalidCastException($"{SqlLiteral.Describe(stored)} is not a {target.Name}."));
    }

    /// <summary>The same for a type that is known only when it runs; null where the stored value is none.</summary>
    public static object? Convert(object stored, Type target)
    {
        if (target == typeof(object))
        {
            return stored;
        }

        if (target.IsEnum)
        {
            return Convert(stored, Enum.GetUnderlyingType(target)) is { } number ? Enum.ToObject(target, number) : null;
        }

        return stored switch
        {
            long i => FromInteger(i, target),
            double d => FromReal(d, target),
            string s => FromText(s, target),
            byte[] { Length: 16 } b when target == typeof(Guid) => new Guid(b),
            _ => null,
        };
    }

    private static object? FromInteger(long value, Type target)
    {
        if (target == typeof(bool))
        {
            return value is 0 or 1 ? value == 1 : null;
        }

        if (target == typeof(double))
        {
            return (long)(double)value == value && Math.Abs((double)value) < 9.2e18 ? (double)value : null;
        }

        if (target == typeof(float))
        {
            return Math.Abs((double)value) <= 1 << 24 ? (float)value : null;
        }

        return IsNumber(target) ? ChangeExactly(value, target) : null;
    }

    private static object? FromReal(double value, Type target)
    {
        if (target == typeof(double))
        {
            return value;
        }

        if (target == typeof(float))
        {
            return (float)value is var single && single == value ? single : null;
        }

        if (target == typeof(decimal))
        {
            return Math.Abs(value) < 7.9e28 && (decimal)value is var exact && (double)exact == value ? exact : null;
        }

        return IsNumber(target) && Math.Abs(value) < 9.2e18 && Math.Truncate(value) == value
            ? ChangeExactly((long)value, target)
            : null;
    }

    private static object? FromText(string text, Type target)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        if (target == typeof(char))
        {
            return text.Length == 1 ? text[0] : null;
        }

        if (target == typeof(decimal))
        {
            return decimal.TryParse(text, DecimalStyles, invariant, out decimal number) ? number : null;
        }

        if (target == typeof(Guid))
        {
            return Guid.TryParse(text, out Guid guid) ? guid : null;
        }

        if (target == typeof(DateTime))
        {
            bool isUtc = text.EndsWith('Z');
            return DateTime.TryParseExact(isUtc ? text[..^1] : text, TimeStrings, invariant, DateTimeStyles.None, out DateTime time)
                ? DateTime.SpecifyKind(time, isUtc ? DateTimeKind.Utc : DateTimeKind.Unspecified)
                : null;
        }

        if (target == typeof(DateTimeOffset))
        {
            return DateTimeOffset.TryParseExact(
                text, ZonedTimeStrings, invariant, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
        }

        if (target == typeof(DateOnly))
        {
            return DateOnly.TryParseExact(text, DateFormat, invariant, DateTimeStyles.None, out DateOnly date) ? date : null;
        }

        if (target == typeof(TimeOnly))
        {
            return TimeOnly.TryParseExact(
                text, ["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF"], invariant, DateTimeStyles.None, out TimeOnly time) ? time : null;
        }

        return target == typeof(TimeSpan) && TimeSpan.TryParseExact(text, "c", invariant, out TimeSpan span) ? span : null;
    }

    private static bool IsNumber(Type type) =>
        type == typeof(decimal) || (Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.UInt64);

    private static object? ChangeExactly(long value, Type target)
    {
        try
        {
            return System.Convert.ChangeType(value, target, CultureInfo.InvariantCulture);
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
