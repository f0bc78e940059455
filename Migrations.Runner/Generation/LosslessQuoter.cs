using System.Globalization;
using System.Text;
using FluentMigrator;
using FluentMigrator.Runner.Generators.SQLite;

namespace Migrations.Runner.Generation;

/// <summary>
/// Literals that hold the whole value, in the form in which Microsoft.Data.Sqlite reads it back; what has no such literal
/// is refused.
/// </summary>
internal sealed class LosslessQuoter(bool binaryGuid) : SQLiteQuoter(binaryGuid)
{
    // A random (version 4) UUID as Microsoft.Data.Sqlite writes one.
    private const string RandomGuid =
        "(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || "
        + "substr('89AB', 1 + (abs(random()) % 4), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))";

    private readonly bool binaryGuid = binaryGuid;

    public override string QuoteValue(object value) => value switch
    {
        double number => FormatReal(number),
        float number => FormatReal(number),
        decimal number => FormatNumeric(number),
        DateOnly date => $"'{date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'",
        TimeOnly time => $"'{time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)}'",
        ulong and > long.MaxValue => throw new MigrationRefusedException(
            $"The value {value} is above 9223372036854775807, the greatest integer that SQLite stores; it would become an inexact "
            + "real number. Write it as text."),
        sbyte or byte or short or ushort or int or uint or long or ulong =>
            ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        null or DBNull or string or char or bool or Guid or DateTime or DateTimeOffset or SystemMethods or Enum or byte[] or TimeSpan
            or RawSql or NonUnicodeString => base.QuoteValue(value!),
        _ => throw new MigrationRefusedException(
            $"A value of type {value.GetType()} has no SQL literal. Give it as text, number, date, Guid or byte array, or as RawSql."),
    };

    public override string FormatNationalString(string value) => FormatText(value);

    public override string FormatAnsiString(string value) => FormatText(value);

    public override string FormatChar(char value) => FormatText(value.ToString());

    public override string FormatGuid(Guid value) =>
        binaryGuid ? base.FormatGuid(value) : $"'{value.ToString().ToUpperInvariant()}'";

    public override string FormatDateTime(DateTime value) =>
        $"'{value.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)}'";

    public override string FormatDateTimeOffset(DateTimeOffset value) =>
        $"'{value.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture)}'";

    public override string FormatSystemMethods(SystemMethods value) => value switch
    {
        SystemMethods.NewGuid or SystemMethods.NewSequentialId => binaryGuid ? "(randomblob(16))" : RandomGuid,
        SystemMethods.CurrentDateTimeOffset => "(strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'))",
        _ => base.FormatSystemMethods(value),
    };

    // The text of a statement ends at a NUL, so such a string has to come as bytes.
    private static string FormatText(string value) =>
        value.Contains('\0', StringComparison.Ordinal)
            ? $"CAST(x'{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(value))}' AS TEXT)"
            : $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string FormatReal<T>(T value)
        where T : struct, System.Numerics.IFloatingPointIeee754<T>
    {
        if (T.IsNaN(value))
        {
            throw new MigrationRefusedException("NaN can't be stored: SQLite turns it into NULL. Write null where that is meant.");
        }

        // Out of range for a double, so SQLite reads it as infinity (datatype3.html).
        if (T.IsInfinity(value))
        {
            return T.IsNegative(value) ? "-9e999" : "9e999";
        }

        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny(".eE") < 0 ? text + ".0" : text;
    }

    // A number literal with more digits than a double holds would be rounded; as text it keeps them wherever the column does.
    private static string FormatNumeric(decimal value)
    {
        string text = value.ToString(CultureInfo.InvariantCulture);
        bool isExact = decimal.IsInteger(value) && !text.Contains('.', StringComparison.Ordinal)
            ? value is >= long.MinValue and <= long.MaxValue
            : SurvivesDouble(value);
        return isExact ? text : $"'{text}'";
    }

    private static bool SurvivesDouble(decimal value)
    {
        double number = (double)value;
        return Math.Abs(number) < 1e28 && decimal.Parse(
            number.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture) == value;
    }
}
