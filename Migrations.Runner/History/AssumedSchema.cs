using FluentMigrator;

namespace Migrations.Runner.History;

/// <summary>
/// A database of which everything is there, or nothing: what a migration asks of it is answered without looking at one, so that
/// what it says does not depend on what is in a database today.
/// </summary>
internal sealed class AssumedSchema(bool answer) : IQuerySchema
{
    // A loop until something is there, or until it is not, would never end.
    private const int MaximumQuestions = 10_000;

    private int questions;

    public string DatabaseType => "SQLite";

    public IList<string> DatabaseTypeAliases { get; } = [];

    public bool SchemaExists(string schemaName) => Answer();

    public bool TableExists(string? schemaName, string tableName) => Answer();

    public bool ColumnExists(string? schemaName, string tableName, string columnName) => Answer();

    public bool ConstraintExists(string? schemaName, string tableName, string constraintName) => Answer();

    public bool IndexExists(string? schemaName, string tableName, string indexName) => Answer();

    public bool SequenceExists(string? schemaName, string sequenceName) => Answer();

    public bool DefaultValueExists(string? schemaName, string tableName, string columnName, object? defaultValue) => Answer();

    private bool Answer() => ++questions <= MaximumQuestions
        ? answer
        : throw new InvalidOperationException($"The migration asked more than {MaximumQuestions} times whether something is there.");
}
