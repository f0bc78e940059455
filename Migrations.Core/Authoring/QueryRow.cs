using System.Data;
using Migrations.Core.Syntax;

namespace Migrations.Core.Authoring;

/// <summary>A row of a query, on its own: it stays as it is when the query goes on. Immutable.</summary>
public sealed class QueryRow
{
    private readonly string[] names;
    private readonly object?[] values;

    private QueryRow(string[] names, object?[] values) => (this.names, this.values) = (names, values);

    /// <summary>The value of a column as the database gives it; null for NULL.</summary>
    /// <param name="column">The column's name, in any case.</param>
    /// <exception cref="ArgumentException">The query has no such column.</exception>
    public object? this[string column]
    {
        get
        {
            int i = Array.FindIndex(names, name => new SqlIdentifier(name) == column);
            return i >= 0
                ? values[i]
                : throw new ArgumentException($"The query has no column \"{column}\"; it has {string.Join(", ", names)}.", nameof(column));
        }
    }

    /// <summary>The value of a column as a type. Only conversions that lose nothing are made.</summary>
    /// <typeparam name="T">The type; NULL needs one that can be null.</typeparam>
    /// <param name="column">The column's name, in any case.</param>
    /// <exception cref="ArgumentException">The query has no such column.</exception>
    /// <exception cref="InvalidCastException">The value is not a <typeparamref name="T"/>.</exception>
    public T? Get<T>(string column) => StoredValue.To<T>(this[column]);

    /// <summary>The row as a condition, such as <c>"id" = 7 AND "email" = 'a@b.c'</c>.</summary>
    public override string ToString() => string.Join(" AND ", names.Zip(values, Condition));

    internal static IEnumerable<QueryRow> ReadAll(IDataReader reader)
    {
        string[] columns = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
        while (reader.Read())
        {
            object?[] row = new object?[columns.Length];
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            }

            yield return new QueryRow(columns, row);
        }
    }

    private static string Condition(string name, object? value) =>
        $"{SqlIdentifier.Quote(name)} {(value is null ? "IS" : "=")} {SqlLiteral.Describe(value)}";
}
