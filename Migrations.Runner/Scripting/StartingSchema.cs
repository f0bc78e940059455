using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;
using Migrations.Runner.History;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.Scripting;

/// <summary>What a database has to be before a script runs on it. Immutable.</summary>
internal sealed record StartingSchema(bool HasVersionTable, bool IsEmpty, ImmutableArray<long> Applied, ImmutableArray<SchemaRow> Objects)
{
    public static StartingSchema Read(SqliteConnection connection, MigratorSettings settings, MigrationModule module, ImmutableArray<long> applied)
    {
        ImmutableArray<SchemaRow> rows = connection.ReadRows(
            "SELECT type, name, tbl_name, sql FROM main.sqlite_schema ORDER BY rowid",
            row => new SchemaRow(row.GetString(0), row.GetString(1), row.GetString(2), row.GetStringOrNull(3)));
        ImmutableHashSet<SqlIdentifier> books = VersionHistory.TablesOf(settings.Modules);
        return new(
            rows.Any(row => row.Type is "table" && row.Name == (SqlIdentifier)module.VersionTable.TableName),
            !rows.Any(row => !row.IsInternal),
            applied,
            [.. rows.Where(row => !row.IsInternal && row.Sql is not null && !books.Contains(row.Table))]);
    }
}
