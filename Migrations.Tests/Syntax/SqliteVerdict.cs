using System.Text.RegularExpressions;
using Migrations.Tests.Support;
using SQLitePCL;

namespace Migrations.Tests.Syntax;

/// <summary>What SQLite says of a statement when it compiles it, without running it.</summary>
internal sealed partial record SqliteVerdict(bool IsAccepted, string Message)
{
    /// <summary>Whether this library takes 1_000 for a number; versions before 3.46 do not.</summary>
    public static bool HasDigitSeparators => raw.sqlite3_libversion_number() >= 3_046_000;

    /// <summary>Whether the grammar or the tokenizer refused, as opposed to the meaning.</summary>
    public bool IsSyntaxError =>
        !IsAccepted
        && (Message.EndsWith(": syntax error", StringComparison.Ordinal)
            || Message.StartsWith("unrecognized token", StringComparison.Ordinal)
            || Message is "incomplete input");

    public bool IsUnrecognizedToken => !IsAccepted && Message.StartsWith("unrecognized token", StringComparison.Ordinal);

    /// <summary>The token that the message quotes, null where it quotes none.</summary>
    public string? Token => TokenPattern().Match(Message) is { Success: true } match ? match.Groups["token"].Value : null;

    public static SqliteVerdict On(TestDatabase database, string sql)
    {
        sqlite3 handle = database.Connection.Handle!;
        int rc = raw.sqlite3_prepare_v2(handle, sql, out sqlite3_stmt statement);
        string message = rc == raw.SQLITE_OK ? "" : raw.sqlite3_errmsg(handle).utf8_to_string();
        statement?.Dispose();
        return new SqliteVerdict(rc == raw.SQLITE_OK, message);
    }

    [GeneratedRegex("^(?:near|unrecognized token:) \"(?<token>.*)\"(?:: syntax error)?$", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex TokenPattern();
}
