namespace Migrations.Core.Syntax;

/// <summary>The kinds of token that SQLite's tokenizer knows (sqlite.org/src, tokenize.c; lang_keywords.html).</summary>
internal enum SqlTokenKind
{
    /// <summary>Spaces, tabs, line ends and form feeds.</summary>
    Whitespace,

    /// <summary>"-- to the end of the line" or "/* to the end mark, or to the end of the text */".</summary>
    Comment,

    /// <summary>A bare word: keyword or name, decided by the reader.</summary>
    Word,

    /// <summary>"name", [name] or `name`. A name in double quotes may also turn out to be a string (hazard 103).</summary>
    QuotedName,

    /// <summary>'text'.</summary>
    String,

    /// <summary>x'00ff'.</summary>
    Blob,

    /// <summary>1, 0x1F, 1_000.</summary>
    Integer,

    /// <summary>1.5, .5, 1e3.</summary>
    Float,

    /// <summary>?1, :name, @name, $name.</summary>
    Variable,

    /// <summary>An operator or mark of punctuation of one to three characters.</summary>
    Operator,

    /// <summary>What SQLite's tokenizer refuses: a stray character, an unclosed quote, a number with a tail.</summary>
    Illegal,
}
