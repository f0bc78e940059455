using System.Text;
using Migrations.Core.Syntax;

namespace Migrations.Core;

/// <summary>Says what a new index is like (lang_createindex.html). By default it allows a value twice and covers all rows.</summary>
public sealed class NewIndexBuilder
{
    private readonly List<string> columns = [];
    private bool isUnique;
    private string? where;

    internal NewIndexBuilder()
    {
    }

    /// <summary>Indexes a column, after those already said.</summary>
    /// <param name="column">The column.</param>
    /// <param name="descending">Whether the greatest value comes first.</param>
    /// <param name="collation">The collation, null for the column's own.</param>
    public NewIndexBuilder Column(string column, bool descending = false, string? collation = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        return Add(SqlIdentifier.Quote(column) + (collation is null ? "" : $" COLLATE {SqlIdentifier.Quote(collation)}"), descending);
    }

    /// <summary>Indexes an expression, after what was already said.</summary>
    /// <param name="sql">The expression, such as <c>lower(email)</c>.</param>
    /// <param name="descending">Whether the greatest value comes first.</param>
    public NewIndexBuilder Expression(string sql, bool descending = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sql);
        return Add($"({sql})", descending);
    }

    /// <summary>Allows no value twice.</summary>
    public NewIndexBuilder Unique()
    {
        isUnique = true;
        return this;
    }

    /// <summary>Indexes only the rows for which a condition is true (partialindex.html).</summary>
    /// <param name="condition">The condition.</param>
    public NewIndexBuilder Where(string condition)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(condition);
        where = condition;
        return this;
    }

    internal string Build(string name, SqlIdentifier table)
    {
        if (columns.Count == 0)
        {
            throw new ArgumentException($"Index \"{name}\" has no columns: say Column or Expression.", nameof(name));
        }

        StringBuilder sql = new();
        sql.Append(isUnique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ").Append(SqlIdentifier.Quote(name));
        sql.Append(" ON ").Append(table.Quoted).Append(" (").AppendJoin(", ", columns).Append(')');
        return sql.Append(where is null ? "" : $" WHERE {where}").ToString();
    }

    private NewIndexBuilder Add(string indexed, bool descending)
    {
        columns.Add(descending ? $"{indexed} DESC" : indexed);
        return this;
    }
}
