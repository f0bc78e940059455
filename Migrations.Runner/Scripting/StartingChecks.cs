using System.Globalization;
using Migrations.Core.Syntax;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.Scripting;

/// <summary>The statements by which a script looks whether the database is the one that it was made for, before its first change.</summary>
internal sealed class StartingChecks(
    MigratorSettings settings, MigrationModule module, StartingSchema start, IReadOnlySet<SqlIdentifier> altered, long from)
{
    private const string Different = "temp.\"migrations_different\"";

    private readonly SqlIdentifier versionTable = module.VersionTable.TableName;

    public IEnumerable<ScriptStatement> All() => [.. Applied(), .. ApplicationId(), .. Schema()];

    private IEnumerable<ScriptStatement> Applied()
    {
        string isThere = $"SELECT 1 FROM main.sqlite_schema WHERE type IN ('table', 'view') AND name = {SqlText.Literal(versionTable.Name)} COLLATE NOCASE";
        if (!start.HasVersionTable)
        {
            return
            [
                .. ScriptGuard.RefuseRows(isThere, "This script is for a new database, and migrations have been applied to this one. Make a script from its version."),
                .. settings.UnversionedDatabase == HistoryPolicy.Refuse && start.IsEmpty
                    ? ScriptGuard.RefuseRows(
                        "SELECT 1 FROM main.sqlite_schema WHERE name NOT GLOB 'sqlite_*'",
                        "This script is for a new database, and this one holds something that no migration has made.")
                    : [],
            ];
        }

        string table = $"main.{versionTable.Quoted}";
        string column = new SqlIdentifier(module.VersionTable.ColumnName).Quoted;
        string wrong = string.Create(CultureInfo.InvariantCulture, $"(SELECT count(*) FROM {table}) <> {start.Applied.Length}");
        if (!start.Applied.IsEmpty)
        {
            wrong += string.Create(
                CultureInfo.InvariantCulture,
                $" OR (SELECT count(*) FROM {table} WHERE {column} IN ({string.Join(", ", start.Applied)})) <> {start.Applied.Length}");
        }

        return
        [
            .. ScriptGuard.RefuseRows(
                $"SELECT 1 WHERE NOT EXISTS ({isThere})",
                string.Create(CultureInfo.InvariantCulture, $"This script is for a database at version {from}, and no migration has been applied to this one: it has no table {versionTable}.")),
            new($"SELECT 'The database is at version ' || ifnull(max({column}), 0) || ', with ' || count(*) || ' migrations applied.' FROM {table} HAVING {wrong}"),
            .. ScriptGuard.RefuseRows(
                $"SELECT 1 WHERE {wrong}",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"This script is for a database at version {from} with {start.Applied.Length} migrations applied, and this one has others applied. Make a script from its version.")),
        ];
    }

    private IEnumerable<ScriptStatement> ApplicationId() => settings.ApplicationId is { } id and not 0
        ? ScriptGuard.RefuseRows(
            string.Create(CultureInfo.InvariantCulture, $"SELECT 1 FROM pragma_application_id('main') WHERE application_id NOT IN (0, {id})"),
            string.Create(CultureInfo.InvariantCulture, $"The database is of another application: its application_id is not {id}."))
        : [];

    /// <summary>
    /// A copy makes the table as the script knows it. So what it knows of that table, its indexes and triggers, and of all views and
    /// triggers, which may use it, must be all there is, up to white space and quotes, in which ways of altering a table differ.
    /// </summary>
    private IEnumerable<ScriptStatement> Schema()
    {
        if (altered.Count == 0)
        {
            return [];
        }

        string names = string.Join(", ", altered.Select(name => $"lower({SqlText.Literal(name.Name)})"));
        string expected = string.Join(",\n", start.Objects
            .Where(row => row.Type is "view" or "trigger" || altered.Contains(row.Table))
            .Select(row => $"({SqlText.Literal(row.Type)}, {SqlText.Literal(row.Name.Name)}, {SqlText.Literal(row.Sql!)})")); // Those without a text were left out.
        return
        [
            new(
                $"CREATE TABLE {Different} AS WITH known(type, name, sql) AS (VALUES {expected}),\n"
                + $"expected AS (SELECT type, lower(name) AS name, {Squeezed} AS sql FROM known),\n"
                + $"found AS (SELECT type, lower(name) AS name, {Squeezed} AS sql FROM main.sqlite_schema WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*' "
                + $"AND (type IN ('view', 'trigger') OR lower(tbl_name) IN ({names})))\n"
                + "SELECT DISTINCT type, name FROM (SELECT * FROM (SELECT * FROM expected EXCEPT SELECT * FROM found) UNION ALL SELECT * FROM (SELECT * FROM found EXCEPT SELECT * FROM expected))",
                "is the schema the one that this script was made for?"),
            new($"SELECT 'Not as this script knows it: ' || type || ' ' || name FROM {Different}"),
            .. ScriptGuard.RefuseRows(
                $"SELECT 1 FROM {Different}",
                "The schema is not the one that this script was made for. Make the script for this database or a copy of it (--database)."),
            new($"DROP TABLE {Different}"),
        ];
    }

    private const string Squeezed =
        "replace(replace(replace(replace(replace(replace(replace(replace(sql, ' ', ''), char(9), ''), char(10), ''), char(13), ''), '\"', ''), '`', ''), '[', ''), ']', '')";
}
