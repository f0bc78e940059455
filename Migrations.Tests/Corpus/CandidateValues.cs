using System.Globalization;
using System.Text.RegularExpressions;
using Migrations.Tests.Support;

namespace Migrations.Tests.Corpus;

/// <summary>
/// Values to try in a column: plain ones first, then what the table's own text mentions, since a CHECK tells by its literals what it
/// wants. Which of them the column takes is SQLite's decision.
/// </summary>
internal sealed partial class CandidateValues(Random random, string tableSql)
{
    private static readonly object[] Odd =
    [
        9007199254740993L, -9223372036854775808L, -1L, 0L, 1.5, -0.5, 1e300, "007", "12.50", "Zoë ☃", "", "it's \"so\"", "two\nlines",
        new byte[] { 0, 255, 7 }, Array.Empty<byte>(),
    ];

    private static readonly object[] Common =
    [
        0L, 1L, 2L, -1L, "", "{}", "[]", "{\"a\":1}", "2024-02-29", "2024-02-29T12:34:56Z", "a", "0", "1", "true", "1.0",
        new byte[16], new byte[32], 0.5,
    ];

    private readonly object[] mentioned = Literals(tableSql);
    private readonly Dictionary<string, object[]> compared = new(NameComparer.Instance);

    /// <summary>A value for a column. The longer one has tried in vain, the further afield it looks.</summary>
    public object? For(FillableColumn column, bool isStrict, int row, int attempt)
    {
        int chance = random.Next(100);
        if (column.IsNullable && chance < (attempt < 2 ? 25 : 40))
        {
            return null;
        }

        if (!compared.TryGetValue(column.Name, out object[]? own))
        {
            compared.Add(column.Name, own = ComparedWith(column.Name));
        }

        if (own.Length > 0 && random.Next(100) < (attempt < 40 ? 90 : 60))
        {
            return own[random.Next(own.Length)];
        }

        if (attempt > 0 && mentioned.Length > 0 && random.Next(100) < Math.Min(70, 15 * attempt))
        {
            return mentioned[random.Next(mentioned.Length)];
        }

        if (attempt > 4 && random.Next(100) < 30)
        {
            return Common[random.Next(Common.Length)];
        }

        return !isStrict && attempt < 3 && random.Next(100) < 12 ? Odd[random.Next(Odd.Length)] : Plain(column.Type, row);
    }

    private static object[] Literals(string sql)
    {
        List<object> values = [];
        foreach (Match match in Literal().Matches(sql))
        {
            if (match.Groups["text"].Success)
            {
                values.Add(match.Groups["text"].Value.Replace("''", "'", StringComparison.Ordinal));
            }
            else if (long.TryParse(match.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number))
            {
                values.AddRange([number, number + 1, number - 1]);
                if (number is > 1 and < 300)
                {
                    // A length, maybe.
                    values.AddRange([new string('a', (int)number), new byte[number]]);
                }
            }
        }

        return [.. values.DistinctBy(value => value is byte[] bytes ? $"blob {bytes.Length}" : $"{value.GetType()} {value}", StringComparer.Ordinal)];
    }

    [GeneratedRegex("'(?<text>(?:[^']|'')*)'|(?<![\\w.])\\d+(?![\\w.])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Literal();

    /// <summary>The literals that the table's text compares a column with: <c>c IN ('a', 'b')</c>, <c>c = 1</c>.</summary>
    private object[] ComparedWith(string column)
    {
        string name = $"(?<![\\w]){Regex.Escape(column)}[\"`\\]]?";
        Regex comparison = new(
            $"{name}\\s+IN\\s*\\((?<list>[^()]*)\\)|{name}\\s*==?\\s*(?<list>'[^']*'|\\d+)",
            RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
            TimeSpan.FromMinutes(1));
        return [.. comparison.Matches(tableSql).SelectMany(match => Literal().Matches(match.Groups["list"].Value)).Select(Value)];
    }

    private static object Value(Match literal) => literal.Groups["text"].Success
        ? literal.Groups["text"].Value.Replace("''", "'", StringComparison.Ordinal)
        : long.TryParse(literal.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number) ? number
        : literal.Value;

    private object Plain(string declaredType, int row)
    {
        string type = declaredType.ToUpperInvariant();
        int number = (row * 10) + random.Next(10);
        if (type.Contains("BOOL", StringComparison.Ordinal))
        {
            return (long)random.Next(2);
        }

        if (type.Contains("INT", StringComparison.Ordinal))
        {
            return (long)number;
        }

        if (type.Contains("CHAR", StringComparison.Ordinal) || type.Contains("CLOB", StringComparison.Ordinal) || type.Contains("TEXT", StringComparison.Ordinal))
        {
            return random.Next(4) switch
            {
                0 => "Text " + number.ToString(CultureInfo.InvariantCulture),
                1 => number.ToString("000", CultureInfo.InvariantCulture),
                2 => "ä€" + number.ToString(CultureInfo.InvariantCulture) + " ",
                _ => "v" + number.ToString(CultureInfo.InvariantCulture),
            };
        }

        if (type.Contains("BLOB", StringComparison.Ordinal))
        {
            return new byte[] { 0, (byte)number, 0, 255 };
        }

        if (type.Contains("REAL", StringComparison.Ordinal) || type.Contains("FLOA", StringComparison.Ordinal) || type.Contains("DOUB", StringComparison.Ordinal))
        {
            return random.Next(3) == 0 ? number : number + 0.25;
        }

        return random.Next(3) switch
        {
            0 => (long)number,
            1 => string.Create(CultureInfo.InvariantCulture, $"2024-01-{1 + (number % 28):00} 10:00:00.123"),
            _ => number + 0.5,
        };
    }
}
