using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Migrations.Core.Syntax;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Syntax;

[TestFixture]
public sealed partial class SqlLexerTests
{
    /// <summary>Characters that begin, end or change tokens, more often than others.</summary>
    private static readonly Gen<string> TokenText = Gen.OneOf(
        AnyOf("'", "\"", "`", "[", "]", "--", "/*", "*/", "-", ">", "->>", "x'", "0x", "1", "e+5", ".", "_", "\n", " "),
        AnyOf("\t", "\v", "\f", "\r", "\uFEFF", "é", "😀", "\u0080", "\uD800", "$", "@", ":", "::", "#", "?", "!", "=", "<", "|"),
        AnyOf("a", "X", "ab12", "E", "ff", "123abc", "&", "~", "%", "+", ",", "*", "/", "\\", "{", "\u007F", "\u0001", "^"),
        Gen.Char.Select(c => c.ToString()));

    private static readonly string[] Commands =
    [
        "ALTER", "ANALYZE", "ATTACH", "BEGIN", "COMMIT", "CREATE", "DELETE", "DETACH", "DROP", "END", "EXPLAIN", "INSERT", "PRAGMA",
        "REINDEX", "RELEASE", "REPLACE", "ROLLBACK", "SAVEPOINT", "SELECT", "UPDATE", "VACUUM", "VALUES", "WITH",
    ];

    [Test]
    public void Tokenize_of_any_string_gives_tokens_that_concatenate_to_it() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char, 0, 50], TokenText.Array[0, 20].Select(string.Concat))
            .Sample(AssertConcatenates, iter: 20_000);

    [Test]
    public void Tokenize_cuts_where_SQLite_cuts()
    {
        // SQLite's message about a statement that begins with a stray token quotes that token, whole.
        using TestDatabase database = TestDatabase.InMemory();
        string separator = SqliteVerdict.HasDigitSeparators ? "_" : "";
        TokenText.Array[1, 12].Select(parts => string.Concat(parts)
            .Replace("\0", "", StringComparison.Ordinal)
            .Replace("_", separator, StringComparison.Ordinal)).Sample(
            text => AssertCutsAsSqlite(database, text), iter: 5_000, threads: 1);
    }

    [TestCase("'it''s'", SqlTokenKind.String)]
    [TestCase("''", SqlTokenKind.String)]
    [TestCase("\"a\"\"b\"", SqlTokenKind.QuotedName)]
    [TestCase("`a``b`", SqlTokenKind.QuotedName)]
    [TestCase("[a\"b]", SqlTokenKind.QuotedName)]
    [TestCase("x'00fF'", SqlTokenKind.Blob)]
    [TestCase("X''", SqlTokenKind.Blob)]
    [TestCase("x'0'", SqlTokenKind.Illegal)]
    [TestCase("x'0g'", SqlTokenKind.Illegal)]
    [TestCase("x'00", SqlTokenKind.Illegal)]
    [TestCase("'open", SqlTokenKind.Illegal)]
    [TestCase("[open", SqlTokenKind.Illegal)]
    [TestCase("0x1F", SqlTokenKind.Integer)]
    [TestCase("1_000", SqlTokenKind.Integer)]
    [TestCase("0xF_F", SqlTokenKind.Integer)]
    [TestCase("1__0", SqlTokenKind.Illegal)]
    [TestCase("1_", SqlTokenKind.Illegal)]
    [TestCase("1.", SqlTokenKind.Float)]
    [TestCase(".5", SqlTokenKind.Float)]
    [TestCase("1e5", SqlTokenKind.Float)]
    [TestCase("1.5E-10", SqlTokenKind.Float)]
    [TestCase("1e", SqlTokenKind.Illegal)]
    [TestCase("0x", SqlTokenKind.Illegal)]
    [TestCase("123abc", SqlTokenKind.Illegal)]
    [TestCase("a$1_é", SqlTokenKind.Word)]
    [TestCase("😀", SqlTokenKind.Word)]
    [TestCase("a\uFEFFb", SqlTokenKind.Word)]
    [TestCase("\uFEFF", SqlTokenKind.Whitespace)]
    [TestCase(" \t\v\f\r\n", SqlTokenKind.Whitespace)]
    [TestCase("\v", SqlTokenKind.Illegal)]
    [TestCase("-- to the end", SqlTokenKind.Comment)]
    [TestCase("/* ' */", SqlTokenKind.Comment)]
    [TestCase("/**/", SqlTokenKind.Comment)]
    [TestCase("/*/", SqlTokenKind.Comment)]
    [TestCase("/* open", SqlTokenKind.Comment)]
    [TestCase("?12", SqlTokenKind.Variable)]
    [TestCase(":a", SqlTokenKind.Variable)]
    [TestCase("$a::b(c)", SqlTokenKind.Variable)]
    [TestCase("$a(b c", SqlTokenKind.Illegal, 4)]
    [TestCase("@", SqlTokenKind.Illegal)]
    [TestCase("!", SqlTokenKind.Illegal)]
    [TestCase("\0", SqlTokenKind.Illegal)]
    [TestCase("->", SqlTokenKind.Operator)]
    [TestCase("->>", SqlTokenKind.Operator)]
    [TestCase("||", SqlTokenKind.Operator)]
    [TestCase("<<", SqlTokenKind.Operator)]
    [TestCase(">>", SqlTokenKind.Operator)]
    [TestCase("<=", SqlTokenKind.Operator)]
    [TestCase("<>", SqlTokenKind.Operator)]
    [TestCase("!=", SqlTokenKind.Operator)]
    [TestCase("==", SqlTokenKind.Operator)]
    [TestCase("--\n", SqlTokenKind.Comment, 2)]
    [TestCase("'a\0b'", SqlTokenKind.Illegal, 2)]
    [TestCase("/* a\0 */", SqlTokenKind.Comment, 4)]
    public void Tokenize_gives_the_kind_of_the_first_token(string text, int kind, int? length = null)
    {
        SqlToken first = SqlLexer.Tokenize(text)[0];

        Assert.That(first, Is.EqualTo(new SqlToken((SqlTokenKind)kind, new SourceSpan(0, length ?? text.Length))));
    }

    [TestCase("/*", ExpectedResult = 2)]
    [TestCase("a.b", ExpectedResult = 3)]
    [TestCase("1..2", ExpectedResult = 2)]
    [TestCase("a-->b", ExpectedResult = 2)]
    [TestCase("'a' 'b'", ExpectedResult = 3)]
    [TestCase("", ExpectedResult = 0)]
    public int Tokenize_gives_this_many_tokens(string text) => SqlLexer.Tokenize(text).Length;

    [TestCase("'")]
    [TestCase("(")]
    [TestCase("/*")]
    [TestCase("/*\0")]
    [TestCase("/**")]
    [TestCase("1")]
    [TestCase("''")]
    [TestCase("[")]
    [TestCase("$a(")]
    [TestCase("1_")]
    [TestCase("x'")]
    public void Tokenize_comes_to_the_end_of_half_a_million_parts(string part) =>
        // In quadratic time this would be hours.
        AssertConcatenates(string.Concat(Enumerable.Repeat(part, 500_000)));

    private static void AssertConcatenates(string text)
    {
        StringBuilder together = new();
        foreach (SqlToken token in SqlLexer.Tokenize(text))
        {
            if (token.Span.Length <= 0)
            {
                Assert.Fail($"empty token at {token.Span.Start}");
            }

            together.Append(token.Span.In(text));
        }

        Assert.That(together.ToString(), Is.EqualTo(text));
    }

    private static void AssertCutsAsSqlite(TestDatabase database, string text)
    {
        ImmutableArray<SqlToken> tokens = SqlLexer.Tokenize(text);
        for (int i = 0; i < tokens.Length; i++)
        {
            if (tokens[i].IsTrivia && i + 1 < tokens.Length)
            {
                continue;
            }

            int start = i > 0 && tokens[i - 1].IsTrivia ? tokens[i - 1].Span.Start : tokens[i].Span.Start;
            string token = tokens[i].Span.TextIn(text);
            if (!SqliteVerdict.HasDigitSeparators && token.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            {
                // Older libraries let a word follow a hexadecimal number without a gap: 0x1m.
                continue;
            }

            if (token is ";" || tokens[i].IsTrivia || Commands.Contains(token, StringComparer.OrdinalIgnoreCase))
            {
                continue;
            }

            SqliteVerdict verdict = SqliteVerdict.On(database, text[start..]);

            // SQLite finds a misplaced separator only after the grammar has taken the number.
            bool isMisplacedSeparator = NumberWithSeparators().IsMatch(token);
            Assert.Multiple(() =>
            {
                Assert.That(verdict.Token, Is.EqualTo(AsSqliteSees(token)), text[start..]);
                Assert.That(
                    verdict.IsUnrecognizedToken,
                    Is.EqualTo(tokens[i].Kind is SqlTokenKind.Illegal && !isMisplacedSeparator),
                    text[start..]);
            });
        }
    }

    private static Gen<string> AnyOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    [GeneratedRegex("^(0[xX][0-9a-fA-F][0-9a-fA-F_]*|[0-9_.]*([eE][+-]?[0-9][0-9_]*)?)$", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex NumberWithSeparators();

    /// <summary>UTF-8 has no lone surrogates; they arrive as U+FFFD.</summary>
    private static string AsSqliteSees(string token) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(token));
}
