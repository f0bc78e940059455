using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Migrations.Core.Syntax;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Syntax;

/// <summary>Compares what our reader made of a table's text with what SQLite's pragmas say of the table.</summary>
internal static class ReadingAgreement
{
    public static void AssertAgrees(SqliteConnection connection, string tableName, CreateTableSyntax table)
    {
        IReadOnlyList<object?[]> expected = connection.Rows(
            $"SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo({SqlText.Literal(tableName)})");
        List<object?[]> actual = [.. table.Columns.Select(column => Describe(table, column))];

        Assert.That(actual, Is.EqualTo(expected), table.Text);
    }

    /// <summary>Columns, order, collations and uniqueness of an index.</summary>
    public static void AssertAgrees(SqliteConnection connection, string indexName, CreateIndexSyntax index)
    {
        IReadOnlyList<object?[]> expected = connection.Rows(
            $"SELECT name, \"desc\", coll FROM pragma_index_xinfo({SqlText.Literal(indexName)}) WHERE key = 1");
        Assert.That(index.Columns, Has.Length.EqualTo(expected.Count), index.Text);
        for (int i = 0; i < expected.Count; i++)
        {
            IndexedColumnSyntax column = index.Columns[i];
            string message = column.Span.TextIn(index.Text);
            Assert.That(column.Column?.Identifier, Is.EqualTo(Name(expected[i][0])), message);
            Assert.That(column.Descending ? 1L : 0L, Is.EqualTo(expected[i][1]), message);
            Assert.That(column.Collation?.Identifier ?? Name(expected[i][2]), Is.EqualTo(Name(expected[i][2])), message);
        }
    }

    /// <summary>Parents, columns and actions of the foreign keys. SQLite lists the one declared last first.</summary>
    public static void AssertForeignKeysAgree(SqliteConnection connection, string tableName, CreateTableSyntax table)
    {
        IReadOnlyList<object?[]> expected = connection.Rows(
            "SELECT id, \"table\", \"from\", \"to\", on_update, on_delete "
            + $"FROM pragma_foreign_key_list({SqlText.Literal(tableName)}) ORDER BY id DESC, seq");
        List<object?[]> actual = [];
        IEnumerable<(ImmutableArray<NameSyntax> Columns, ForeignKeyClauseSyntax Reference)> keys =
        [
            .. table.Columns.SelectMany(column => column.Constraints.OfType<ColumnReferencesSyntax>()
                .Select(key => (ImmutableArray.Create(column.Name), key.Reference))),
            .. table.Constraints.OfType<TableForeignKeySyntax>().Select(key => (key.Columns, key.Reference)),
        ];
        long id = keys.LongCount();
        foreach ((ImmutableArray<NameSyntax> columns, ForeignKeyClauseSyntax reference) in keys)
        {
            id--;
            for (int i = 0; i < columns.Length; i++)
            {
                actual.Add(
                [
                    id,
                    reference.Parent.Identifier.Name,
                    table.Columns.Single(column => column.Name.Identifier == columns[i].Identifier).Name.Identifier.Name,
                    reference.Columns.IsEmpty ? null : reference.Columns[i].Identifier.Name,
                    Describe(reference.OnUpdate),
                    Describe(reference.OnDelete),
                ]);
            }
        }

        Assert.That(actual, Is.EqualTo(expected), table.Text);
    }

    private static SqlIdentifier? Name(object? name) => name is string text ? new SqlIdentifier(text) : default(SqlIdentifier?);

    private static string Describe(ForeignKeyAction action) => action switch
    {
        ForeignKeyAction.SetNull => "SET NULL",
        ForeignKeyAction.SetDefault => "SET DEFAULT",
        ForeignKeyAction.NoAction => "NO ACTION",
        ForeignKeyAction.Restrict => "RESTRICT",
        _ => "CASCADE",
    };

    private static object?[] Describe(CreateTableSyntax table, ColumnSyntax column)
    {
        long key = PrimaryKeyOrdinal(table, column);
        bool isNotNull = column.Constraints.Any(constraint => constraint is NotNullSyntax)
            || (key > 0 && IsKeyNotNull(table, column));
        DefaultSyntax? value = column.Constraints.OfType<DefaultSyntax>().LastOrDefault();
        GeneratedSyntax? generated = column.Constraints.OfType<GeneratedSyntax>().LastOrDefault();
        return
        [
            column.Name.Identifier.Name,
            DeclaredType.Of(table.Text, column.Type),
            isNotNull ? 1L : 0L,
            DefaultText(table.Text, value),
            key,
            generated is null ? 0L : generated.Stored ? 3L : 2L,
        ];
    }

    /// <summary>WITHOUT ROWID and STRICT make keys NOT NULL, but for the column that is the rowid.</summary>
    private static bool IsKeyNotNull(CreateTableSyntax table, ColumnSyntax column) =>
        IsWithoutRowId(table)
        || (table.Options.Any(option => option.Kind is TableOptionKind.Strict)
            && (DeclaredType.Of(table.Text, column.Type) is not "INTEGER" || KeyColumns(table).Length > 1));

    private static bool IsWithoutRowId(CreateTableSyntax table) =>
        table.Options.Any(option => option.Kind is TableOptionKind.WithoutRowId);

    private static string? DefaultText(string text, DefaultSyntax? value)
    {
        string? written = value?.Value.TextIn(text);
        return written?.StartsWith('(') is true ? written[1..^1].Trim(' ', '\t', '\r', '\n', '\f', '\v') : written;
    }

    private static long PrimaryKeyOrdinal(CreateTableSyntax table, ColumnSyntax column)
    {
        if (column.Constraints.Any(constraint => constraint is ColumnPrimaryKeySyntax))
        {
            return 1;
        }

        return Array.IndexOf(KeyColumns(table), column.Name.Identifier) + 1;
    }

    private static SqlIdentifier[] KeyColumns(CreateTableSyntax table)
    {
        IEnumerable<IndexedColumnSyntax> parts = table.Constraints.OfType<TablePrimaryKeySyntax>().SelectMany(key => key.Columns);
        if (IsWithoutRowId(table))
        {
            // A column that the key names again with the same collation is left out.
            parts = parts.DistinctBy(part => (ColumnOf(part), part.Collation?.Identifier));
        }

        return [.. parts.Select(ColumnOf)];

        SqlIdentifier ColumnOf(IndexedColumnSyntax part) => part.Column?.Identifier ?? throw new AssertionException(table.Text);
    }
}
