using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>How refusals are worded: what was refused, why, and the way out.</summary>
internal static class Refusal
{
    public static AlterationRefusedException Of(SqlIdentifier table, string what, string why, string wayOut, string? objectName = null) =>
        new(table.Name, $"{what} of table {table} was refused: {why}. {wayOut}", objectName);

    public static AlterationRefusedException NoTable(SqlIdentifier database, SqlIdentifier table) => new(
        table.Name, $"There is no table {table} in database {database}. Check the name, and the schema name if the table is in an attached database.");

    public static AlterationRefusedException NoColumn(SqlIdentifier table, SqlIdentifier column) => new(
        table.Name, $"Table {table} has no column {column}. Check the name against the table as it is at this point of the migration.", column.Name);
}
