using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>Statements that create and drop indexes and triggers in a named database, in their own words.</summary>
internal static class IndexSteps
{
    /// <summary>Creates an index from its text; what SQLite stores starts at the unqualified name, so it comes out byte for byte.</summary>
    public static AlterationStep Create(SqlIdentifier database, TableSchema table, IndexSchema index) => new(
        Text(database, index.Sql, index.Syntax),
        $"create index {index.Name}", "lang_createindex.html")
    {
        Kind = IsBinary(table, index) ? AlterationStepKind.BinarySort : AlterationStepKind.Statement,
    };

    /// <summary>The statement that creates an index in a named database, whichever its text names.</summary>
    public static string Text(SqlIdentifier database, string sql) => Text(database, sql, CreateIndexReader.Read(sql));

    /// <summary>A statement that compiles where the expressions of a new index do.</summary>
    public static string Compilation(RowSource source, IndexSchema index)
    {
        string terms = string.Join(", ", index.Syntax.Columns.Select(column => column.Span.TextIn(index.Sql)));
        string where = index.Syntax.Where is { } span ? $" WHERE {span.TextIn(index.Sql)}" : "";
        return $"SELECT 1 FROM {source.Staged()}{where} ORDER BY {terms}";
    }

    public static AlterationStep Drop(SqlIdentifier database, SqlIdentifier index) => new(
        $"DROP INDEX {database.Quoted}.{index.Quoted}", $"drop index {index}", "lang_dropindex.html");

    public static AlterationStep Recreate(SqlIdentifier database, TriggerSchema trigger)
    {
        string rest = trigger.Sql[trigger.Syntax.Name.Span.Start..];
        return new AlterationStep(
            trigger.IsTemporary ? $"CREATE TEMP TRIGGER {rest}" : $"CREATE TRIGGER {database.Quoted}.{rest}",
            $"create trigger {trigger.Name} again, in its old place in the firing order", "lang_altertable.html, section 7, step 8");
    }

    private static string Text(SqlIdentifier database, string sql, CreateIndexSyntax syntax) =>
        $"CREATE {(syntax.IsUnique ? "UNIQUE " : "")}INDEX {database.Quoted}.{sql[syntax.Name.Span.Start..]}";

    /// <summary>
    /// Whether the index's entries are compared byte by byte. Any other collation may be the application's own code, NOCASE too; an
    /// expression may take one over from a column.
    /// </summary>
    private static bool IsBinary(TableSchema table, IndexSchema index) => index.Columns.All(part =>
        part.Name is { } name && (part.Collation ?? table.FindColumn(name)?.Collation ?? "BINARY") == "BINARY");
}
