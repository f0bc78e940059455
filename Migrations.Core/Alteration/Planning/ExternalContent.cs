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
    /// <summary>The full-text tables that read a table.</summary>
    public static IEnumerable<ExternalContent> Of(DatabaseSchema schema, SqlIdentifier table) =>
        schema.Tables.Where(other => other.Kind == TableKind.Virtual).Select(other => Read(other, table)).OfType<ExternalContent>();

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
