using System.Collections.Immutable;
using System.Globalization;
using Migrations.Core.Syntax;

namespace Migrations.Testing.Generation;

/// <summary>
/// Finds in a condition's text (of a CHECK, a trigger, an index) the values that decide about it: what a column is compared with, and what
/// lies beside that. A guess that is wrong costs a try, for SQLite judges every row.
/// </summary>
internal sealed class CandidateReader
{
    private const int LongestText = 300;
    private const int MostNumbers = 40;

    private static readonly string[] Comparisons = ["=", "==", "<", "<=", ">", ">=", "<>", "!=", "IS"];

    private readonly string text;
    private readonly ImmutableArray<SqlToken> tokens;
    private readonly SqlIdentifier column;
    private readonly List<object> candidates = [];
    private readonly List<Func<int, string>> texts = [];

    private CandidateReader(string text, SqlIdentifier column)
    {
        this.text = text;
        this.column = column;
        tokens = [.. SqlLexer.Tokenize(text).Where(token => !token.IsTrivia)];
    }

    /// <summary>Values for a column: first those that it is compared with itself, then all others of the text.</summary>
    public static Candidates Read(string text, SqlIdentifier column)
    {
        CandidateReader reader = new(text, column);
        for (int i = 0; i < reader.tokens.Length; i++)
        {
            if (reader.IsColumn(i))
            {
                reader.ReadAround(i);
            }
        }

        for (int i = 0; i < reader.tokens.Length; i++)
        {
            bool isMessage = reader.Is(i - 1, ",") && (reader.Is(i - 2, "ABORT") || reader.Is(i - 2, "FAIL") || reader.Is(i - 2, "ROLLBACK"));
            if (!isMessage && reader.Literal(ref i) is { } literal)
            {
                reader.AddNear(literal);
                reader.AddOfLength(literal);
                i--;
            }
        }

        reader.AddBetween();
        return new(reader.candidates, reader.texts);
    }

    private void ReadAround(int index)
    {
        int first = index;
        int last = index;
        while (Is(first - 1, "."))
        {
            first -= 2;
        }

        // length(x), length(trim(x)), typeof(x): functions around the column alone.
        HashSet<string> functions = new(StringComparer.OrdinalIgnoreCase);
        while (Is(first - 1, "(") && IsWord(first - 2) && !IsKeyword(first - 2))
        {
            functions.Add(tokens[first - 2].Span.TextIn(text));
            while (last + 1 < tokens.Length && !Is(last + 1, ")") && last - index < 8)
            {
                last++;
            }

            first -= 2;
            last++;
        }

        while (Is(first - 1, "(") && Is(last + 1, ")"))
        {
            first--;
            last++;
        }

        if (functions.Any(function => function.StartsWith("json", StringComparison.OrdinalIgnoreCase)))
        {
            candidates.AddRange(["{}", "[]", "{\"a\": 1}", "[1, 2]", "\"text\"", "1"]);
        }

        if (functions.Overlaps(["date", "datetime", "time", "strftime", "julianday", "unixepoch"]))
        {
            candidates.AddRange(["2024-02-29", "2024-02-29 12:34:56", "12:34:56", "1970-01-01"]);
        }

        ReadAfter(last + 1, functions);
        ReadBefore(first - 1, functions);
    }

    private void ReadAfter(int index, HashSet<string> functions)
    {
        index += Is(index, "COLLATE") ? 2 : 0;
        index += Is(index, "NOT") ? 1 : 0;
        if (Is(index, "IN") || Is(index, "BETWEEN"))
        {
            bool isRange = Is(index, "BETWEEN");
            List<object> literals = [];
            for (index += 1; index < tokens.Length && !Is(index, ")");)
            {
                if (Literal(ref index) is { } literal)
                {
                    literals.Add(literal);
                    if (isRange && literals.Count == 2)
                    {
                        break;
                    }
                }
                else
                {
                    index++;
                }
            }

            foreach (object literal in literals)
            {
                Add(literal, functions, isRange);
            }

            if (isRange && literals is [long from, long to])
            {
                Add((from / 2) + (to / 2), functions, withNeighbours: false);
            }
        }
        else if (Is(index, "LIKE") || Is(index, "GLOB"))
        {
            bool isGlob = Is(index, "GLOB");
            index++;
            if (Literal(ref index) is string pattern)
            {
                Func<string, int, string> fit = isGlob ? PatternText.OfGlob : PatternText.OfLike;
                candidates.AddRange([fit(pattern, 0), fit(pattern, 1)]);
                texts.Add(number => fit(pattern, number));
            }
        }
        else if (Array.Exists(Comparisons, comparison => Is(index, comparison)))
        {
            index++;
            index += Is(index, "NOT") ? 1 : 0;
            if (Literal(ref index) is { } literal)
            {
                Add(literal, functions, withNeighbours: true);
            }
        }
    }

    private void ReadBefore(int index, HashSet<string> functions)
    {
        if (Array.Exists(Comparisons, comparison => Is(index, comparison)))
        {
            int literalAt = index - 1;
            literalAt -= Is(literalAt - 1, "-") ? 1 : 0;
            if (literalAt >= 0 && Literal(ref literalAt) is { } literal)
            {
                Add(literal, functions, withNeighbours: true);
            }
        }
    }

    private void Add(object literal, HashSet<string> functions, bool withNeighbours)
    {
        if (functions.Overlaps(["length", "octet_length"]))
        {
            AddOfLength(literal);
        }
        else if (functions.Contains("typeof"))
        {
            candidates.AddRange(literal switch
            {
                "integer" => [1L, 0L, -5L],
                "real" => [1.5, 0.25],
                "text" => ["text", "other"],
                "blob" => [new byte[] { 0, 1 }, new byte[] { 2, 0 }],
                _ => (object[])[],
            });
        }
        else if (withNeighbours)
        {
            AddNear(literal);
        }
        else
        {
            candidates.Add(literal);
        }
    }

    private void AddNear(object literal)
    {
        candidates.Add(literal);
        switch (literal)
        {
            case long and > long.MinValue and < long.MaxValue and var number:
                candidates.AddRange([number + 1, number - 1]);
                break;
            case double number:
                candidates.AddRange([number + 1, number - 1, number / 2]);
                break;
            case string { Length: > 0 } word:
                candidates.AddRange([word + "a", word[..^1]]);
                break;
        }
    }

    /// <summary>Numbers between those of the text, which the neighbours of neither may reach.</summary>
    private void AddBetween()
    {
        double[] numbers = [.. candidates.Where(value => value is long or double).Select(value => Convert.ToDouble(value, CultureInfo.InvariantCulture)).Distinct().Order()];
        for (int i = 1; i < numbers.Length && i < MostNumbers; i++)
        {
            double middle = (numbers[i - 1] / 2) + (numbers[i] / 2);
            candidates.Add(middle);
            candidates.Add(numbers[i - 1] + ((numbers[i] - numbers[i - 1]) / 4));
        }
    }

    private void AddOfLength(object literal)
    {
        if (literal is long and >= 0 and <= LongestText and var length)
        {
            foreach (long other in (ReadOnlySpan<long>)[length, length + 1, length - 1])
            {
                if (other >= 0)
                {
                    candidates.AddRange([new string('a', (int)other), new byte[other]]);
                    texts.Add(number => PatternText.OfLength((int)other, number));
                }
            }
        }
    }

    /// <summary>The literal at a place, with its sign and parentheses around it, which is then passed; null where there is none.</summary>
    private object? Literal(ref int index)
    {
        int at = index;
        while (Is(at, "(") || Is(at, "+"))
        {
            at++;
        }

        bool isNegative = Is(at, "-");
        at += isNegative ? 1 : 0;
        if (at < 0 || at >= tokens.Length)
        {
            return null;
        }

        object? value = Value(tokens[at]);
        if (value is not null)
        {
            index = at + 1;
        }

        return (isNegative, value) switch
        {
            (true, long number) => -number,
            (true, double number) => -number,
            _ => value,
        };
    }

    private object? Value(SqlToken token)
    {
        string written = token.Span.TextIn(text);
        return token.Kind switch
        {
            SqlTokenKind.String => SqlTokens.Name(text, token).Name,
            SqlTokenKind.QuotedName when SqlTokens.Name(text, token) != column => written[0] == '"' ? SqlTokens.Name(text, token).Name : null,
            SqlTokenKind.Integer when Number(written) is { } number => number,
            SqlTokenKind.Float when double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) => real,
            SqlTokenKind.Blob => Convert.FromHexString(written[2..^1]),
            SqlTokenKind.Word when SqlKeywords.Is(written, "TRUE") => 1L,
            SqlTokenKind.Word when SqlKeywords.Is(written, "FALSE") => 0L,
            _ => null,
        };
    }

    private static long? Number(string written) =>
        written.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? long.TryParse(written[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out long hex) ? hex : null
            : long.TryParse(written.Replace("_", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number
            : null;

    private bool IsColumn(int index) =>
        tokens[index].Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName
        && SqlTokens.Name(text, tokens[index]) == column
        && !Is(index + 1, ".")
        && !(Is(index + 1, "(") && tokens[index].Kind == SqlTokenKind.Word);

    private bool IsWord(int index) => index >= 0 && tokens[index].Kind == SqlTokenKind.Word;

    private bool IsKeyword(int index) =>
        Is(index, "AND") || Is(index, "OR") || Is(index, "NOT") || Is(index, "IN") || Is(index, "WHEN") || Is(index, "THEN") || Is(index, "ELSE")
        || Is(index, "CHECK") || Is(index, "WHERE") || Is(index, "BETWEEN") || Is(index, "SELECT") || Is(index, "CASE") || Is(index, "IS");

    private bool Is(int index, string mark) =>
        index >= 0
        && index < tokens.Length
        && tokens[index].Kind is SqlTokenKind.Operator or SqlTokenKind.Word
        && SqlText.EqualsIgnoreAsciiCase(tokens[index].Span.In(text), mark);
}
