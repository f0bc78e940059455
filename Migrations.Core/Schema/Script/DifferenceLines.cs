using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Migrations.Core.Syntax;

namespace Migrations.Core.Schema.Script;

/// <summary>
/// Differences between two schemas in lines: each in a line of its own, then the CREATE statements of what they are about, one against the
/// other.
/// </summary>
internal static class DifferenceLines
{
    public static ImmutableArray<string> Of(SqliteConnection expected, SqliteConnection actual, ImmutableArray<SchemaDifference> differences)
    {
        ImmutableArray<string>.Builder lines = ImmutableArray.CreateBuilder<string>();
        lines.AddRange(differences.Select(difference => difference.ToString()));
        foreach (SqlIdentifier name in differences.Select(NameOf).OfType<SqlIdentifier>().Distinct())
        {
            if (TextOf(expected, name) is { } wanted && TextOf(actual, name) is { } found)
            {
                lines.AddRange(LineDiff.Of(StatementLines.Of(wanted), StatementLines.Of(found), AreEqual, context: int.MaxValue / 2));
            }
        }

        return lines.ToImmutable();
    }

    // A comma more or less at its end makes no other line of a column.
    private static bool AreEqual(string left, string right) =>
        SqlTokens.MeaningEquals(left.TrimEnd(' ', ','), right.TrimEnd(' ', ','));

    // table "t", column "t"."a", index "i"; where a text is unreadable, "expected table "t"".
    private static SqlIdentifier? NameOf(SchemaDifference difference) =>
        SqlLexer.Tokenize(difference.Object)
            .Where(token => token.Kind == SqlTokenKind.QuotedName)
            .Select(token => (SqlIdentifier?)SqlTokens.Name(difference.Object, token))
            .FirstOrDefault();

    private static string? TextOf(SqliteConnection connection, SqlIdentifier name) => connection
        .ReadRows($"SELECT sql FROM main.sqlite_schema WHERE name = {SqlText.Literal(name.Name)} COLLATE NOCASE AND sql IS NOT NULL", row => row.GetString(0))
        .FirstOrDefault();
}
