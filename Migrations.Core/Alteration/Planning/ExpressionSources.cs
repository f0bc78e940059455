using System.Collections.Immutable;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>
/// What the subqueries of an expression read, by token. An UPDATE whose expressions read the table itself would see rows that it has
/// written already, where a copy sees the rows as they were.
/// </summary>
internal static class ExpressionSources
{
    /// <summary>
    /// Whether all that is read besides the row itself are ordinary tables other than <paramref name="table"/>. An answer "yes" is certain;
    /// "no" may mean that it takes a parser to tell.
    /// </summary>
    public static bool AreOtherTables(DatabaseSchema schema, SqlIdentifier table, string expression)
    {
        ImmutableArray<SqlToken> tokens = [.. SqlLexer.Tokenize(expression).Where(token => !token.IsTrivia)];
        return Enumerable.Range(0, tokens.Length).All(i => Word(i) switch
        {
            "OVER" or "WITH" => false,
            "IN" => Is(i + 1, "(") || IsOther(i + 1),
            "JOIN" => IsSource(i + 1),
            "FROM" => Word(i - 1) == "DISTINCT" || (IsSource(i + 1) && IsAlone(i + 1)),
            _ => true,
        });

        bool IsSource(int i) => Is(i, "(") ? Word(i + 1) == "SELECT" : IsOther(i);

        bool IsOther(int i)
        {
            bool isQualified = Is(i + 1, ".");
            int last = isQualified ? i + 2 : i;
            if (last >= tokens.Length || Is(last + 1, "(") || !IsName(i) || !IsName(last))
            {
                return false;
            }

            // Without a qualifier the TEMP database comes first, then "main"; views of the TEMP database read any table.
            SqlIdentifier name = SqlTokens.Name(expression, tokens[last]);
            return (isQualified
                    ? SqlTokens.Name(expression, tokens[i]) == schema.Database
                    : schema.Database == "main" && schema.TemporaryViews.All(view => view.Name != name))
                && name != table
                && schema.Tables.Any(other => other.Name == name && other.Kind == TableKind.Ordinary);
        }

        // A comma lists another source, unless it separates what follows the FROM clause.
        bool IsAlone(int i)
        {
            for (int depth = 0; i < tokens.Length && depth >= 0; i++)
            {
                depth += Is(i, "(") ? 1 : Is(i, ")") ? -1 : 0;
                if (depth == 0 && Is(i, ","))
                {
                    return false;
                }

                if (depth == 0 && Word(i) is "WHERE" or "GROUP" or "HAVING" or "ORDER" or "LIMIT" or "UNION" or "EXCEPT" or "INTERSECT")
                {
                    return true;
                }
            }

            return true;
        }

        bool Is(int i, string text) => i < tokens.Length && tokens[i].Kind == SqlTokenKind.Operator && tokens[i].Span.In(expression).SequenceEqual(text);

        bool IsName(int i) => tokens[i].Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName or SqlTokenKind.String;

        string? Word(int i) =>
            i >= 0 && i < tokens.Length && tokens[i].Kind == SqlTokenKind.Word ? tokens[i].Span.TextIn(expression).ToUpperInvariant() : null;
    }
}
