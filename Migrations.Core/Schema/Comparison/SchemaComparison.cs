using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Migrations.Core.Syntax;

namespace Migrations.Core.Schema.Comparison;

/// <summary>
/// Compares what two databases mean: quotes, comments, white space, the case of names and keywords, and the order of objects don't count.
/// Reads only. What was read of each table is held against what SQLite says of it first.
/// </summary>
internal sealed class SchemaComparison
{
    private readonly DatabaseSchema expected;
    private readonly DatabaseSchema actual;
    private readonly Func<SqlIdentifier, bool> isIgnored;
    private readonly ImmutableArray<SchemaDifference>.Builder differences = ImmutableArray.CreateBuilder<SchemaDifference>();

    private SchemaComparison(DatabaseSchema expected, DatabaseSchema actual, Func<SqlIdentifier, bool> isIgnored)
    {
        this.expected = expected;
        this.actual = actual;
        this.isIgnored = isIgnored;
    }

    /// <summary>Compares the main databases of two connections.</summary>
    /// <param name="expected">The database that is as it should be.</param>
    /// <param name="actual">The database that is looked at.</param>
    /// <param name="isIgnored">Tables that don't count, with all that belongs to them.</param>
    public static ImmutableArray<SchemaDifference> Compare(
        SqliteConnection expected, SqliteConnection actual, Func<SqlIdentifier, bool> isIgnored)
    {
        SchemaComparison comparison = new(SchemaReader.Read(expected, "main"), SchemaReader.Read(actual, "main"), isIgnored);
        comparison.CheckReading(expected, comparison.expected, "expected ");
        comparison.CheckReading(actual, comparison.actual, "");
        comparison.CompareTables();
        comparison.CompareIndexes();
        comparison.CompareTriggers();
        comparison.CompareViews();
        return comparison.differences.ToImmutable();
    }

    private void CheckReading(SqliteConnection connection, DatabaseSchema schema, string side)
    {
        foreach (UnreadObject unread in schema.Unread.Where(unread => !isIgnored(unread.Table)))
        {
            Add($"{side}{unread.Type} {unread.Name}", SchemaDifferenceKind.Unreadable, null, unread.Reason.Message);
        }

        // What involves something unreadable is reported already, and could not be asked for here.
        if (!schema.Unread.IsEmpty)
        {
            return;
        }

        foreach (TableSchema table in Tables(schema))
        {
            foreach (string difference in SchemaCrossCheck.FindDifferences(connection, schema, table))
            {
                Add($"{side}table {table.Name}", SchemaDifferenceKind.Unreadable, null, difference);
            }
        }
    }

    // What belongs to a virtual table is its module's affair.
    private IEnumerable<TableSchema> Tables(DatabaseSchema schema) =>
        schema.Tables.Where(table => table.Kind is not TableKind.Shadow && !isIgnored(table.Name));

    private void CompareTables() => Match(
        "table",
        Tables(expected),
        Tables(actual),
        table => table.Name,
        (wanted, found) =>
        {
            if (wanted.Kind is TableKind.Virtual || found.Kind is TableKind.Virtual)
            {
                CompareText($"table {wanted.Name}", wanted.Sql, found.Sql);
            }
            else
            {
                differences.AddRange(TableComparison.Compare(wanted, found, expected, actual));
            }
        });

    private void CompareIndexes() => Match(
        "index",
        expected.Indexes.Where(index => !isIgnored(index.Table)),
        actual.Indexes.Where(index => !isIgnored(index.Table)),
        index => index.Name,
        (wanted, found) =>
        {
            if (!new IndexMeaning(wanted, expected).Means(new IndexMeaning(found, actual)))
            {
                Add($"index {wanted.Name}", SchemaDifferenceKind.Definition, wanted.Sql, found.Sql);
            }
        });

    private void CompareTriggers() => Match(
        "trigger",
        expected.Triggers.Where(trigger => !trigger.IsTemporary && !isIgnored(trigger.Table)),
        actual.Triggers.Where(trigger => !trigger.IsTemporary && !isIgnored(trigger.Table)),
        trigger => trigger.Name,
        (wanted, found) => CompareText($"trigger {wanted.Name}", wanted.Sql, found.Sql));

    private void CompareViews() => Match(
        "view",
        expected.Views,
        actual.Views,
        view => view.Name,
        (wanted, found) => CompareText($"view {wanted.Name}", wanted.Sql, found.Sql));

    private void Match<T>(string kind, IEnumerable<T> wanted, IEnumerable<T> found, Func<T, SqlIdentifier> name, Action<T, T> compare)
    {
        Dictionary<SqlIdentifier, T> rest = found.ToDictionary(name);
        foreach (T one in wanted)
        {
            if (rest.Remove(name(one), out T? other))
            {
                compare(one, other);
            }
            else
            {
                Add($"{kind} {name(one)}", SchemaDifferenceKind.Missing, null, null);
            }
        }

        foreach (SqlIdentifier extra in rest.Keys)
        {
            Add($"{kind} {extra}", SchemaDifferenceKind.ExtraObject, null, null);
        }
    }

    private void CompareText(string what, string wanted, string found)
    {
        if (!SqlTokens.MeaningEquals(wanted, found))
        {
            Add(what, SchemaDifferenceKind.Definition, wanted, found);
        }
    }

    private void Add(string what, SchemaDifferenceKind kind, string? wanted, string? found) => differences.Add(new(what, kind, wanted, found));
}
