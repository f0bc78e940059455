using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>
/// Statements that carry the rows of ANALYZE along: dropping a table deletes them, and query plans would change until
/// the next ANALYZE (lang_analyze.html).
/// </summary>
internal static class StatisticsSteps
{
    private const string Rule = "lang_analyze.html, section 3";

    /// <summary>Follows a rename of the table, which SQLite's ALTER TABLE does not: rows of constraints' indexes bear the table's name too.</summary>
    public static IEnumerable<AlterationStep> Rename(DatabaseSchema schema, SqlIdentifier from, SqlIdentifier to)
    {
        string prefix = $"sqlite_autoindex_{from.Name}_";
        string idx = $"CASE WHEN idx = tbl THEN {SqlText.Literal(to.Name)} "
            + $"WHEN substr(idx, 1, {prefix.Length}) = {SqlText.Literal(prefix)} COLLATE NOCASE "
            + $"THEN {SqlText.Literal($"sqlite_autoindex_{to.Name}_")} || substr(idx, {prefix.Length + 1}) ELSE idx END";
        return Update(schema, from, $"tbl = {SqlText.Literal(to.Name)}, idx = {idx}");
    }

    /// <summary>Keeps the rows for a table that is about to be dropped or has just taken its old name.</summary>
    public static IEnumerable<AlterationStep> Move(DatabaseSchema schema, SqlIdentifier from, SqlIdentifier to) =>
        Update(schema, from, $"tbl = {SqlText.Literal(to.Name)}");

    /// <summary>Takes out rows of indexes that are no more, and of constraints' indexes if constraints changed, since those are numbered anew.</summary>
    public static IEnumerable<AlterationStep> Prune(DatabaseSchema schema, SqlIdentifier table, bool constraintsChanged) =>
        Tables(schema).Select(statistics => new AlterationStep(
            $"DELETE FROM {schema.Database.Quoted}.{statistics} WHERE tbl = {SqlText.Literal(table.Name)} COLLATE NOCASE AND idx IS NOT NULL AND "
            + $"((idx <> tbl AND idx NOT IN (SELECT name FROM {schema.Database.Quoted}.sqlite_schema WHERE type = 'index'))"
            + (constraintsChanged ? " OR idx = tbl OR idx GLOB 'sqlite_autoindex_*')" : ")"),
            $"forget the rows of {statistics} for indexes that are no more", Rule));

    /// <summary>After a rename the connection has forgotten all statistics, those of other tables too; this reads them again and scans nothing.</summary>
    public static IEnumerable<AlterationStep> Reload(DatabaseSchema schema) => Tables(schema)
        .Take(1)
        .Select(_ => new AlterationStep(
            $"ANALYZE {schema.Database.Quoted}.sqlite_schema", "read the statistics again, which the rename made this connection forget", Rule));

    private static IEnumerable<AlterationStep> Update(DatabaseSchema schema, SqlIdentifier table, string assignments) =>
        Tables(schema).Select(statistics => new AlterationStep(
            $"UPDATE {schema.Database.Quoted}.{statistics} SET {assignments} WHERE tbl = {SqlText.Literal(table.Name)} COLLATE NOCASE",
            $"carry the rows of {statistics} along", Rule));

    private static IEnumerable<string> Tables(DatabaseSchema schema)
    {
        if (schema.HasStat1)
        {
            yield return "sqlite_stat1";
        }

        if (schema.HasStat4)
        {
            yield return "sqlite_stat4";
        }
    }
}
