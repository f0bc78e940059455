using System.Globalization;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Testing.Generation;

/// <summary>
/// What a column holds and within which limits: <see cref="Length"/> characters or bytes, or digits before and after the point. Immutable.
/// </summary>
internal sealed record ValueDomain(ValueKind Kind, int Length = int.MaxValue, int Scale = 0, long Least = long.MinValue, long Greatest = long.MaxValue)
{
    private static readonly string[] FlagPrefixes = ["is_", "has_", "can_", "allow_", "enable_"];

    private static readonly string[] FlagNames = ["enabled", "disabled", "active", "deleted", "is_deleted", "hidden", "visible", "archived", "pinned", "starred", "readonly"];

    /// <summary>The domain of a column (datatype3.html, section 3; stricttables.html).</summary>
    public static ValueDomain Of(ColumnSchema column, bool isStrict)
    {
        string type = Core.Schema.DeclaredType.Normalize(column.DeclaredType).ToUpperInvariant();
        (int? length, int? scale) = Limits(type);
        return column.Affinity switch
        {
            Affinity.Integer => OfInteger(type, column),
            Affinity.Real => new(ValueKind.Real),
            Affinity.Text => OfText(column, length),
            Affinity.Blob => type.Length == 0 || (isStrict && type is "ANY") ? new(ValueKind.Any) : new(ValueKind.Blob, length ?? int.MaxValue),
            _ => OfNumeric(type, column, length, scale),
        };
    }

    private static ValueDomain OfInteger(string type, ColumnSchema column)
    {
        if (IsFlag(column))
        {
            return new(ValueKind.Boolean);
        }

        long greatest = type.Contains("TINYINT", StringComparison.Ordinal) ? sbyte.MaxValue
            : type.Contains("SMALLINT", StringComparison.Ordinal) || type is "INT2" ? short.MaxValue
            : type.Contains("MEDIUMINT", StringComparison.Ordinal) ? (1 << 23) - 1
            : long.MaxValue;
        long least = type.Contains("UNSIGNED", StringComparison.Ordinal) ? 0 : greatest == long.MaxValue ? long.MinValue : -greatest - 1;
        return new(ValueKind.Integer, Least: least, Greatest: greatest);
    }

    private static ValueDomain OfNumeric(string type, ColumnSchema column, int? length, int? scale)
    {
        if (type.Contains("BOOL", StringComparison.Ordinal) || type is "BIT" or "LOGICAL")
        {
            return new(ValueKind.Boolean);
        }

        if (type.Contains("DATE", StringComparison.Ordinal) || type.Contains("TIME", StringComparison.Ordinal))
        {
            return IsNumber(column.DefaultText) ? new(ValueKind.Integer, Least: 0)
                : type.Contains("DATETIME", StringComparison.Ordinal) || type.Contains("STAMP", StringComparison.Ordinal) ? new(ValueKind.DateTime)
                : type.Contains("DATE", StringComparison.Ordinal) ? new(ValueKind.Date)
                : new(ValueKind.Time);
        }

        return type switch
        {
            "UNIQUEIDENTIFIER" or "UUID" or "GUID" => new(ValueKind.Guid),
            "JSON" or "JSONB" => new(ValueKind.Json),
            "STRING" => OfText(column, length: null),
            _ => new(ValueKind.Decimal, length ?? 15, length is null ? 4 : scale ?? 0),
        };
    }

    private static ValueDomain OfText(ColumnSchema column, int? length)
    {
        ValueKind kind = SuggestedBy(column);
        int least = kind switch
        {
            ValueKind.Text => 0,
            ValueKind.Date => 10,
            ValueKind.Time => 8,
            ValueKind.DateTime => 19,
            ValueKind.Guid => 36,
            ValueKind.Email or ValueKind.Url => 28,
            _ => 20,
        };
        return new(length is { } limit && limit < least ? ValueKind.Text : kind, length ?? int.MaxValue);
    }

    private static ValueKind SuggestedBy(ColumnSchema column)
    {
        string @default = column.DefaultText?.ToUpperInvariant() ?? "";
        string name = column.Name.Name.ToUpperInvariant();
        if (@default.Contains("CURRENT_TIMESTAMP", StringComparison.Ordinal) || @default.Contains("DATETIME(", StringComparison.Ordinal))
        {
            return ValueKind.DateTime;
        }

        if (@default.Contains("CURRENT_DATE", StringComparison.Ordinal) || @default.Contains("DATE(", StringComparison.Ordinal))
        {
            return ValueKind.Date;
        }

        return name switch
        {
            "EMAIL" or "E_MAIL" or "EMAIL_ADDRESS" or "EMAILADDRESS" => ValueKind.Email,
            "URL" or "URI" or "WEBSITE" => ValueKind.Url,
            "GUID" or "UUID" => ValueKind.Guid,
            "JSON" => ValueKind.Json,
            _ when name.EndsWith("_JSON", StringComparison.Ordinal) => ValueKind.Json,
            _ when name.EndsWith("_DATE", StringComparison.Ordinal) || name is "DATE" or "BIRTHDAY" => ValueKind.Date,
            _ when name.EndsWith("_AT", StringComparison.Ordinal) => ValueKind.DateTime,
            _ => ValueKind.Text,
        };
    }

    private static bool IsFlag(ColumnSchema column)
    {
        string name = column.Name.Name;
        string type = column.DeclaredType;
        return type.Contains("BOOL", StringComparison.OrdinalIgnoreCase)
            || (!column.IsRowIdAlias
                && (Array.Exists(FlagPrefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                    || Array.Exists(FlagNames, flag => flag.Equals(name, StringComparison.OrdinalIgnoreCase))
                    || (column.DefaultText is { } text && ((SqlIdentifier)text.Trim() == "TRUE" || (SqlIdentifier)text.Trim() == "FALSE"))));
    }

    // Seconds since 1970, and the like.
    private static bool IsNumber(string? text) => text is not null
        && (SqlLexer.Tokenize(text).Any(token => token.Kind is SqlTokenKind.Integer or SqlTokenKind.Float)
            || text.Contains("'%s'", StringComparison.Ordinal)
            || text.Contains("unixepoch(", StringComparison.OrdinalIgnoreCase))
        && !text.Contains("date", StringComparison.OrdinalIgnoreCase);

    private static (int? Length, int? Scale) Limits(string type)
    {
        int open = type.IndexOf('(', StringComparison.Ordinal);
        int close = type.IndexOf(')', open + 1);
        if (open < 0 || close < 0)
        {
            return default;
        }

        string[] numbers = type[(open + 1)..close].Split(',', StringSplitOptions.TrimEntries);
        int? length = Parse(numbers[0]) is { } first and > 0 ? first : null;
        return (length, numbers.Length > 1 && Parse(numbers[1]) is { } second && second >= 0 && second <= (length ?? 15) ? second : null);
    }

    private static int? Parse(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null;
}
