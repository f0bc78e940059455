using System.Collections.Immutable;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>
/// What SQLite's own DROP COLUMN does to stored text besides what it was asked for. It cuts from one column to the next, with all
/// comments between them. It puts strings that stand in double quotes into single quotes, in the whole database (quirks.html, section 8).
/// </summary>
internal static class NativeText
{
    /// <summary>Whether the table's own text may come out otherwise than an edit leaves it.</summary>
    public static bool IsChanged(TableSchema table) =>
        SqlTokens.Comments(table.Sql).Any() || MayHaveStrings(table.Sql, [.. table.Columns.Select(column => column.Name)]);

    /// <summary>Whether ADD COLUMN puts a column before comments of the one that is last, since it goes before the comma of the first constraint.</summary>
    public static bool MovesComments(TableSchema table) =>
        table.Syntax is { Constraints: [{ } first, ..] } syntax
        && SqlTokens.Comments(table.Sql[syntax.Columns[^1].Span.End..first.Span.Start]).Any();

    /// <summary>Whether text of other objects may hold such strings. It may be that one of them is a name after all: a copy is then taken in vain.</summary>
    public static bool HasStringsElsewhere(DatabaseSchema schema, TableSchema table)
    {
        ImmutableHashSet<SqlIdentifier> names =
        [
            .. schema.Tables.Select(other => other.Name),
            .. schema.Tables.SelectMany(other => other.Columns).Select(column => column.Name),
            .. schema.Indexes.Select(index => index.Name),
            .. schema.Views.Concat(schema.TemporaryViews).Select(view => view.Name),
            .. schema.Triggers.Select(trigger => trigger.Name),
        ];
        return schema.Tables.Where(other => other.Name != table.Name && other.Kind == TableKind.Ordinary).Select(other => other.Sql)
            .Concat(schema.Indexes.Select(index => index.Sql))
            .Concat(schema.Views.Concat(schema.TemporaryViews).Select(view => view.Sql))
            .Concat(schema.Triggers.Select(trigger => trigger.Sql))
            .Any(sql => MayHaveStrings(sql, names));
    }

    /// <summary>Whether a word in double quotes is none of some names, nor one that its place makes a name.</summary>
    private static bool MayHaveStrings(string sql, ImmutableHashSet<SqlIdentifier> names)
    {
        if (!sql.Contains('"', StringComparison.Ordinal))
        {
            return false;
        }

        ImmutableArray<SqlToken> tokens = [.. SqlLexer.Tokenize(sql).Where(token => !token.IsTrivia)];
        return Enumerable.Range(0, tokens.Length).Any(index =>
            sql[tokens[index].Span.Start] == '"'
            && !names.Contains(SqlTokens.Name(sql, tokens[index]))
            && !(index > 0 && IsBeforeName(tokens[index - 1].Span.In(sql)))
            && !(index + 1 < tokens.Length && tokens[index + 1].Span.In(sql) is "."));
    }

    private static bool IsBeforeName(ReadOnlySpan<char> word) =>
        word is "." || SqlKeywords.Is(word, "AS") || SqlKeywords.Is(word, "TABLE") || SqlKeywords.Is(word, "CONSTRAINT") || SqlKeywords.Is(word, "REFERENCES")
        || SqlKeywords.Is(word, "COLLATE") || SqlKeywords.Is(word, "JOIN") || SqlKeywords.Is(word, "FROM");
}
