namespace Migrations.Core.Syntax;

internal static partial class SqlLexer
{
    private static SqlTokenKind ReadQuoted(ReadOnlySpan<char> text, out int length)
    {
        char quote = text[0];
        for (int i = 1; ; i++)
        {
            i = IndexOfOrEnd(text, i, quote);
            if (At(text, i) != quote)
            {
                length = i;
                return SqlTokenKind.Illegal;
            }

            if (At(text, i + 1) != quote)
            {
                length = i + 1;
                return quote == '\'' ? SqlTokenKind.String : SqlTokenKind.QuotedName;
            }

            i++;
        }
    }

    private static SqlTokenKind ReadBracketed(ReadOnlySpan<char> text, out int length)
    {
        length = IndexOfOrEnd(text, 1, ']');
        if (At(text, length) != ']')
        {
            return SqlTokenKind.Illegal;
        }

        length++;
        return SqlTokenKind.QuotedName;
    }

    private static SqlTokenKind ReadBlob(ReadOnlySpan<char> text, out int length)
    {
        int i = 2;
        while (char.IsAsciiHexDigit(At(text, i)))
        {
            i++;
        }

        if (At(text, i) == '\'' && i % 2 == 0)
        {
            length = i + 1;
            return SqlTokenKind.Blob;
        }

        i = IndexOfOrEnd(text, i, '\'');
        length = At(text, i) == '\'' ? i + 1 : i;
        return SqlTokenKind.Illegal;
    }

    private static SqlTokenKind ReadNumber(ReadOnlySpan<char> text, out int length)
    {
        SqlTokenKind kind = SqlTokenKind.Integer;
        bool isHex = text[0] == '0' && At(text, 1) is 'x' or 'X' && char.IsAsciiHexDigit(At(text, 2));
        int i;
        if (isHex)
        {
            i = 3;
            while (char.IsAsciiHexDigit(At(text, i)) || At(text, i) == '_')
            {
                i++;
            }
        }
        else
        {
            i = SkipDigitsAndSeparators(text, 0);
            if (At(text, i) == '.')
            {
                kind = SqlTokenKind.Float;
                i = SkipDigitsAndSeparators(text, i + 1);
            }

            if (HasExponent(text, i))
            {
                kind = SqlTokenKind.Float;
                i = SkipDigitsAndSeparators(text, i + 2);
            }
        }

        length = SkipNameUnits(text, i);
        return length > i || HasMisplacedSeparator(text[..i], isHex) ? SqlTokenKind.Illegal : kind;
    }

    private static bool HasExponent(ReadOnlySpan<char> text, int index) =>
        At(text, index) is 'e' or 'E'
        && (char.IsAsciiDigit(At(text, index + 1))
            || (At(text, index + 1) is '+' or '-' && char.IsAsciiDigit(At(text, index + 2))));

    /// <summary>A digit separator must stand between two digits.</summary>
    private static bool HasMisplacedSeparator(ReadOnlySpan<char> number, bool isHex)
    {
        for (int i = number.IndexOf('_'); i >= 0 && i < number.Length; i++)
        {
            if (number[i] == '_' && !(IsDigit(At(number, i - 1), isHex) && IsDigit(At(number, i + 1), isHex)))
            {
                return true;
            }
        }

        return false;

        static bool IsDigit(char c, bool isHex) => isHex ? char.IsAsciiHexDigit(c) : char.IsAsciiDigit(c);
    }

    /// <summary>:name, @name, #name, $name, and Tcl's forms of the last: $space::name and $array(key).</summary>
    private static SqlTokenKind ReadVariable(ReadOnlySpan<char> text, out int length)
    {
        bool isNamed = false;
        int i = 1;
        for (; ; i++)
        {
            char c = At(text, i);
            if (IsNameUnit(c))
            {
                isNamed = true;
            }
            else if (c == '(' && isNamed)
            {
                return ReadTclKey(text, i, out length);
            }
            else if (c == ':' && At(text, i + 1) == ':')
            {
                i++;
            }
            else
            {
                break;
            }
        }

        length = i;
        return isNamed ? SqlTokenKind.Variable : SqlTokenKind.Illegal;
    }

    private static SqlTokenKind ReadTclKey(ReadOnlySpan<char> text, int index, out int length)
    {
        do
        {
            index++;
        }
        while (At(text, index) is not ('\0' or ')' or ' ' or (>= '\t' and <= '\r')));

        bool isClosed = At(text, index) == ')';
        length = isClosed ? index + 1 : index;
        return isClosed ? SqlTokenKind.Variable : SqlTokenKind.Illegal;
    }

    private static int SkipDigits(ReadOnlySpan<char> text, int index)
    {
        while (char.IsAsciiDigit(At(text, index)))
        {
            index++;
        }

        return index;
    }

    private static int SkipDigitsAndSeparators(ReadOnlySpan<char> text, int index)
    {
        while (char.IsAsciiDigit(At(text, index)) || At(text, index) == '_')
        {
            index++;
        }

        return index;
    }
}
