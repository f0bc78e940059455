using System.Collections.Immutable;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>
/// A full-text table whose content is another table (fts5.html, section 4.4.3; fts3.html, section 6.2.2): it finds table,
/// columns and rowids by what its arguments say. Immutable.
/// </summary>
internal sealed record ExternalContent(SqlIdentifier VirtualTable, ImmutableArray<SqlIdentifier> Columns, SqlIdentifier? RowId)
{
    /// <summary>The name by which the full-text table asks for rowids: a column of that name, where there is one.</summary>
    public SqlIdentifier RowIdColumn => RowId ?? "rowid";

    /// <summary>The full-text tables that read a table.</summary>
    public static IEnumerable<ExternalContent> Of(DatabaseSchema schema, SqlIdentifier table) =>
        schema.Tables.Where(other => other.Kind == TableKind.Virtual).Select(other => Read(other, table)).OfType<ExternalContent>();

    /// <summary>Refuses a new column that the full-text table would take for the rowid.</summary>
    public static void RefuseTaking(DatabaseSchema schema, SqlIdentifier table, SqlIdentifier column)
    {
        if (Of(schema, table).FirstOrDefault(content => content.RowIdColumn == column) is { } content)
        {
            throw Refusal.Of(
                table, $"A column {column}", $"the full-text table {content.VirtualTable} asks this table for rowids by that name, and would find the column",
                "Choose another name, or drop the full-text table first.", content.VirtualTable.Name);
        }
    }

    /// <summary>Whether what the full-text table has gathered is no longer what it would find: other text, or other rowids.</summary>
    public bool IsOutdated(TableSchema table, TableDraft draft)
    {
        bool rowIdsChange = draft.Table.RowIdAlias is { } alias
            && (draft.Kept.Contains(alias.Name) || draft.IsConverted(alias.Name))
            && (alias.Name != table.RowIdAlias?.Name || RowChanges.HoldsOtherValues(table, draft, alias.Name));
        bool keyChanges = draft.FindColumn(RowIdColumn) is not null && RowChanges.HoldsOtherValues(table, draft, RowIdColumn);
        return rowIdsChange || keyChanges || Columns.Any(column => RowChanges.HoldsOtherValues(table, draft, column));
    }

    public bool Uses(SqlIdentifier column) => Columns.Contains(column) || RowId == column;

    private static ExternalContent? Read(TableSchema virtualTable, SqlIdentifier table)
    {
        string sql = virtualTable.Sql;
        List<SqlToken> tokens = [.. SqlLexer.Tokenize(sql).Where(token => !token.IsTrivia)];
        int open = tokens.FindIndex(token => token.Kind == SqlTokenKind.Operator && sql[token.Span.Start] == '(');
        if (open < 0)
        {
            return null;
        }

        SqlIdentifier? content = null;
        SqlIdentifier? rowId = null;
        List<SqlIdentifier> columns = [];
        int depth = 0;
        bool atStart = true;
        for (int i = open + 1; i < tokens.Count - 1; i++)
        {
            string text = tokens[i].Span.TextIn(sql);
            depth += text switch { "(" => 1, ")" => -1, _ => 0 };
            if (atStart)
            {
                SqlIdentifier name = SqlTokens.Name(sql, tokens[i]);
                bool isOption = tokens[i + 1].Span.TextIn(sql) == "=" && i + 2 < tokens.Count;
                SqlIdentifier value = isOption ? SqlTokens.Name(sql, tokens[i + 2]) : "";
                content = isOption && name == "content" ? value : content;
                rowId = isOption && name == "content_rowid" ? value : rowId;
                if (!isOption)
                {
                    columns.Add(name);
                }
            }

            atStart = text == "," && depth == 0;
        }

        return content == table ? new ExternalContent(virtualTable.Name, [.. columns], rowId) : null;
    }
}
