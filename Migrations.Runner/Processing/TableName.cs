using Migrations.Core.Syntax;

namespace Migrations.Runner.Processing;

/// <summary>A table and the database that holds it. Immutable; compared as SQLite compares names.</summary>
internal readonly record struct TableName(SqlIdentifier Database, SqlIdentifier Table)
{
    public static TableName Of(string? schemaName, string tableName) =>
        new(FluentName.Database(schemaName), FluentName.Parse(tableName));
}
