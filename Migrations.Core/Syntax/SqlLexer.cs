using System.Collections.Immutable;

namespace Migrations.Core.Syntax;

/// <summary>
/// Splits SQL text into SQLite's tokens, white space and comments too. Never fails: what SQLite refuses becomes an
/// <see cref="SqlTokenKind.Illegal"/> token. The tokens of a text, put together, are the text.
/// </summary>
/// <remarks>
/// SQLite reads UTF-8, where every byte from 0x80 up may stand in a name; so may every UTF-16 unit from 0x80 up here. SQLite
/// stops at a NUL; here it ends the token before it and is itself illegal.
/// </remarks>
internal static partial class SqlLexer
{
    private const char ByteOrderMark = '\uFEFF';

    public static ImmutableArray<SqlToken> Tokenize(string sql)
    {
        ImmutableArray<SqlToken>.Builder tokens = ImmutableArray.CreateBuilder<SqlToken>((sql.Length / 3) + 1);
        for (int start = 0; start < sql.Length;)
        {
            SqlTokenKind kind = ReadToken(sql.AsSpan(start), out int length);
            tokens.Add(new SqlToken(kind, new SourceSpan(start, length)));
            start += length;
        }

        return tokens.DrainToImmutable();
    }

    private static SqlTokenKind ReadToken(ReadOnlySpan<char> text, out int length)
    {
        switch (text[0])
        {
            case ' ' or '\t' or '\n' or '\f' or '\r':
                // A vertical tab continues white space but can't begin it.
                length = 1;
                while (At(text, length) is ' ' or (>= '\t' and <= '\r'))
                {
                    length++;
                }

                return SqlTokenKind.Whitespace;
            case ByteOrderMark:
                length = 1;
                return SqlTokenKind.Whitespace;
            case '-' when At(text, 1) == '-':
                length = IndexOfOrEnd(text, 2, '\n');
                return SqlTokenKind.Comment;
            case '/' when At(text, 1) == '*' && At(text, 2) != '\0':
                return ReadBlockComment(text, out length);
            case '\'' or '"' or '`':
                return ReadQuoted(text, out length);
            case '[':
                return ReadBracketed(text, out length);
            case 'x' or 'X' when At(text, 1) == '\'':
                return ReadBlob(text, out length);
            case '.' when char.IsAsciiDigit(At(text, 1)):
            case >= '0' and <= '9':
                return ReadNumber(text, out length);
            case '?':
                length = SkipDigits(text, 1);
                return SqlTokenKind.Variable;
            case '$' or '@' or '#' or ':':
                return ReadVariable(text, out length);
            case char c when IsNameUnit(c):
                length = SkipNameUnits(text, 1);
                return SqlTokenKind.Word;
            default:
                return ReadOperator(text, out length);
        }
    }

    private static SqlTokenKind ReadOperator(ReadOnlySpan<char> text, out int length)
    {
        char next = At(text, 1);
        length = text[0] switch
        {
            '(' or ')' or ';' or '+' or '*' or '/' or '%' or ',' or '&' or '~' or '.' => 1,
            '-' => next != '>' ? 1 : At(text, 2) == '>' ? 3 : 2,
            '=' => next == '=' ? 2 : 1,
            '<' => next is '=' or '>' or '<' ? 2 : 1,
            '>' => next is '=' or '>' ? 2 : 1,
            '|' => next == '|' ? 2 : 1,
            '!' => next == '=' ? 2 : 0,
            _ => 0,
        };
        if (length > 0)
        {
            return SqlTokenKind.Operator;
        }

        length = 1;
        return SqlTokenKind.Illegal;
    }

    private static SqlTokenKind ReadBlockComment(ReadOnlySpan<char> text, out int length)
    {
        int star = IndexOfOrEnd(text, 2, '*');
        while (At(text, star) == '*' && At(text, star + 1) != '/')
        {
            star = IndexOfOrEnd(text, star + 1, '*');
        }

        length = At(text, star) == '*' ? star + 2 : star;
        return SqlTokenKind.Comment;
    }

    /// <summary>Letters, digits, the underscore, the dollar sign, and everything outside ASCII.</summary>
    private static bool IsNameUnit(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '$' or >= '\u0080';

    private static int SkipNameUnits(ReadOnlySpan<char> text, int index)
    {
        while (IsNameUnit(At(text, index)))
        {
            index++;
        }

        return index;
    }

    /// <summary>The position of a character at or after <paramref name="start"/>, or of the NUL or end before it.</summary>
    private static int IndexOfOrEnd(ReadOnlySpan<char> text, int start, char mark)
    {
        int offset = text[start..].IndexOfAny(mark, '\0');
        return offset < 0 ? text.Length : start + offset;
    }

    private static char At(ReadOnlySpan<char> text, int index) => index < text.Length ? text[index] : '\0';
}
