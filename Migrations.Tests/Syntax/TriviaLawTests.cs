using System.Collections.Immutable;
using CsCheck;
using Migrations.Core.Syntax;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Syntax;

/// <summary>White space and comments between tokens change nothing of what is read, and nothing of what SQLite makes of it.</summary>
[TestFixture]
public sealed class TriviaLawTests
{
    private const string Table =
        "CREATE TABLE IF NOT EXISTS main.\"order\" (id INTEGER CONSTRAINT pk PRIMARY KEY DESC ON CONFLICT ABORT,"
        + "[a b] LONG VARCHAR(10,-5) NOT NULL ON CONFLICT FAIL DEFAULT -1 COLLATE nocase CHECK([a b] <> ')' || '(') NULL,"
        + "c DECIMAL(+8,2) DEFAULT(1+(2)) REFERENCES \"order\"(id) ON DELETE SET NULL ON UPDATE CASCADE MATCH FULL "
        + "NOT DEFERRABLE INITIALLY DEFERRED UNIQUE ON CONFLICT REPLACE CONSTRAINT loose,"
        + "d DEFAULT CURRENT_TIMESTAMP, e DEFAULT x'00ff' CONSTRAINT n NOT NULL,"
        + "f INT GENERATED ALWAYS AS(c*2)STORED, g AS(id + 1), h TEXT DEFAULT key, i DEFAULT +'it''s',"
        + "CONSTRAINT u UNIQUE(c COLLATE rtrim DESC, d) ON CONFLICT IGNORE CONSTRAINT v CHECK(c > 0) CHECK(d IS NOT NULL),"
        + "FOREIGN KEY(c, d) REFERENCES other(x, y) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED, CONSTRAINT last) STRICT";

    private static readonly Gen<string> Trivia = Gen.Int[0, 6].Select(i => new[]
    {
        " ", "\n", "\t\r\n", "/**/", "/* ) ' \" [ */", " -- ( ' \" `\n", " /* a */ -- b\n /* c */ ",
    }[i]);

    [Test]
    public void Read_of_a_table_sees_no_trivia()
    {
        // STRICT allows only six types: SQLite is asked about the same text without it.
        string text = Table[..^" STRICT".Length];
        string expected = SyntaxDescription.Of(CreateTableReader.Read(text));
        using TestDatabase database = TestDatabase.InMemory();
        Spaced(text).Sample(
            spaced =>
            {
                Assert.That(SqliteVerdict.On(database, spaced), Is.EqualTo(new SqliteVerdict(true, "")), spaced);
                Assert.That(SyntaxDescription.Of(CreateTableReader.Read(spaced)), Is.EqualTo(expected), spaced);
            },
            iter: 500,
            threads: 1);
    }

    [TestCase("CREATE UNIQUE INDEX IF NOT EXISTS main.[i x] ON t(a, (b) COLLATE nocase DESC, lower(c)||'x' ASC) WHERE a>(b)")]
    public void Read_of_an_index_sees_no_trivia(string text)
    {
        string expected = SyntaxDescription.Of(CreateIndexReader.Read(text));
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t(a, b, c)");
        Spaced(text).Sample(
            spaced =>
            {
                Assert.That(SqliteVerdict.On(database, spaced), Is.EqualTo(new SqliteVerdict(true, "")), spaced);
                Assert.That(SyntaxDescription.Of(CreateIndexReader.Read(spaced)), Is.EqualTo(expected), spaced);
            },
            iter: 300,
            threads: 1);
    }

    [TestCase("CREATE TRIGGER IF NOT EXISTS main.'r x' BEFORE UPDATE OF a,\"b\" ON [t] FOR EACH ROW WHEN new.a>0 BEGIN SELECT 1;END")]
    public void Read_of_a_trigger_sees_no_trivia(string text)
    {
        string expected = SyntaxDescription.Of(CreateTriggerReader.Read(text));
        using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE t(a, b, c)");
        Spaced(text).Sample(
            spaced =>
            {
                Assert.That(SqliteVerdict.On(database, spaced), Is.EqualTo(new SqliteVerdict(true, "")), spaced);
                Assert.That(SyntaxDescription.Of(CreateTriggerReader.Read(spaced)), Is.EqualTo(expected), spaced);
            },
            iter: 300,
            threads: 1);
    }

    /// <summary>The text with random trivia before any of its tokens. What stands between two of them stays, to part words.</summary>
    private static Gen<string> Spaced(string text)
    {
        ImmutableArray<SqlToken> tokens = SqlLexer.Tokenize(text);
        return Gen.Select(Trivia.Array[tokens.Length], Gen.Bool.Array[tokens.Length], (trivia, isChosen) =>
            PlacesForTrivia.Fill(text, tokens, i => isChosen[i] ? trivia[i] : ""));
    }
}
