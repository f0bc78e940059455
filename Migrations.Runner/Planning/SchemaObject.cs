using Migrations.Core.Syntax;
using Migrations.Runner.Processing;

namespace Migrations.Runner.Planning;

/// <summary>A row of sqlite_schema. Immutable.</summary>
internal sealed record SchemaObject(string Type, SqlIdentifier Name, TableName Table, long RootPage, string Sql)
{
    public bool IsSame(SchemaObject other) => Type == other.Type && Name == other.Name && Table.Database == other.Table.Database;
}
