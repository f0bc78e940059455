using System.Collections.Immutable;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;
using SQLitePCL;

namespace Migrations.Testing.Generation;

/// <summary>Which columns of a row an error of SQLite is about: those that another try changes.</summary>
internal sealed class Blame
{
    private readonly FilledTable table;
    private readonly ImmutableArray<int> all;
    private readonly ImmutableArray<int> ofTriggers;
    private readonly Dictionary<string, ImmutableArray<int>> byMessage = new(StringComparer.Ordinal);

    public Blame(FilledTable table)
    {
        this.table = table;
        all = [.. Enumerable.Range(0, table.Columns.Length)];
        ofTriggers = [.. table.Triggers.SelectMany(trigger => MentionedIn(trigger.Sql)).Distinct().Order()];
        TableSchema schema = table.Schema;
        foreach (ColumnSchema column in schema.Columns)
        {
            Put($"NOT NULL constraint failed: {schema.Name.Name}.{column.Name.Name}", SourcesOf(column));
        }

        IEnumerable<ImmutableArray<KeyColumn>> keys = schema.Uniques.Select(unique => unique.Columns)
            .Concat(schema.PrimaryKey is { } primary ? [primary.Columns] : [])
            .Concat(table.Indexes.Where(index => index.IsUnique).Select(index => index.Columns));
        foreach (ImmutableArray<KeyColumn> key in keys.Where(key => key.All(column => column.Name is not null)))
        {
            Put(
                $"UNIQUE constraint failed: {string.Join(", ", key.Select(column => $"{schema.Name.Name}.{column.Name!.Value.Name}"))}", // No expressions here.
                key.SelectMany(column => schema.FindColumn(column.Name!.Value) is { } found ? SourcesOf(found) : []));
        }

        foreach (IndexSchema index in table.Indexes.Where(index => index.IsUnique))
        {
            Put($"UNIQUE constraint failed: index '{index.Name.Name}'", MentionedIn(index.Sql));
        }

        foreach (CheckSchema check in schema.Checks)
        {
            Put($"CHECK constraint failed: {check.Name?.Name ?? check.Expression.Trim()}", MentionedIn(check.Expression));
        }
    }

    /// <summary>The columns to change after an error.</summary>
    public ImmutableArray<int> Of(int extendedError, string message)
    {
        if (extendedError == raw.SQLITE_CONSTRAINT_TRIGGER)
        {
            string quoted = SqlText.Literal(message);
            ImmutableArray<int> named =
            [
                .. table.Triggers.Where(trigger => trigger.Sql.Contains(quoted, StringComparison.Ordinal)).SelectMany(trigger => MentionedIn(trigger.Sql)).Distinct().Order(),
            ];
            return !named.IsEmpty ? named : OfTriggers;
        }

        if (byMessage.TryGetValue(message, out ImmutableArray<int> columns))
        {
            return columns;
        }

        if (message.StartsWith("CHECK constraint failed", StringComparison.Ordinal))
        {
            ImmutableArray<int> checkedColumns = [.. table.Schema.Checks.SelectMany(check => MentionedIn(check.Expression)).Distinct().Order()];
            return checkedColumns.IsEmpty ? all : checkedColumns;
        }

        ImmutableArray<int> inMessage = [.. all.Where(place => message.EndsWith($"{table.Name.Name}.{table.Columns[place].Name.Name}", StringComparison.Ordinal))];
        return !inMessage.IsEmpty ? inMessage : OfTriggers;
    }

    /// <summary>The columns to change where a trigger is at fault.</summary>
    public ImmutableArray<int> OfTriggers => ofTriggers.IsEmpty ? all : ofTriggers;

    private void Put(string message, IEnumerable<int> columns)
    {
        ImmutableArray<int> places = [.. columns.Distinct().Order()];
        byMessage.TryAdd(message, places.IsEmpty ? all : places);
    }

    /// <summary>The column itself, or those that it is computed from.</summary>
    private IEnumerable<int> SourcesOf(ColumnSchema column) =>
        column.IsGenerated ? MentionedIn(column.Syntax.Span.TextIn(table.Schema.Sql)) : [table.PlaceOf(column.Name)];

    private IEnumerable<int> MentionedIn(string text) => table.Schema.Columns
        .Where(column => NameReferences.Mentions(text, column.Name))
        .SelectMany(column => column.IsGenerated && column.Syntax.Span.TextIn(table.Schema.Sql) != text ? SourcesOf(column) : [table.PlaceOf(column.Name)])
        .Where(place => place >= 0);
}
