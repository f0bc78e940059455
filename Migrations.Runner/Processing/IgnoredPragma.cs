using Migrations.Core.Syntax;

namespace Migrations.Runner.Processing;

/// <summary>
/// PRAGMA foreign_keys does nothing inside a transaction, and says nothing (pragma.html#pragma_foreign_keys). Whoever writes
/// it relies on it.
/// </summary>
internal static class IgnoredPragma
{
    /// <summary>Refuses SQL that sets foreign_keys; asking for its value is no harm.</summary>
    /// <exception cref="MigrationRefusedException">It does.</exception>
    public static void Refuse(string sql)
    {
        if (!sql.Contains("foreign_keys", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        SqlToken[] tokens = [.. SqlLexer.Tokenize(sql).Where(token => !token.IsTrivia)];
        for (int i = 0; i < tokens.Length; i++)
        {
            if (tokens[i].Kind is SqlTokenKind.Word && SqlTokens.Name(sql, tokens[i]) == "PRAGMA" && SetsForeignKeys(sql, tokens.AsSpan(i + 1)))
            {
                throw new MigrationRefusedException(
                    "PRAGMA foreign_keys does nothing inside a transaction, and the migration runs in one: the statement would be ignored without "
                    + "a word. Take it out, because alterations of tables need none; or mark the migration TransactionBehavior.None where enforcement "
                    + "has to change for other statements.",
                    sql);
            }
        }
    }

    private static bool SetsForeignKeys(string sql, ReadOnlySpan<SqlToken> tokens)
    {
        if (tokens.Length > 1 && tokens[1].Span.In(sql) is ".")
        {
            tokens = tokens[2..];
        }

        return tokens.Length > 1
            && tokens[0].Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName
            && SqlTokens.Name(sql, tokens[0]) == "foreign_keys"
            && tokens[1].Span.In(sql) is "=" or "(";
    }
}
