using Migrations.Core.Syntax;

namespace Migrations.Runner.Scripting;

/// <summary>Looks for rows that refer to nothing and did not do so before, as the upgrade does (pragma.html, foreign_key_check).</summary>
internal static class ForeignKeyScript
{
    private const string Before = "temp.\"migrations_violations\"";
    private const string Now = "temp.\"migrations_new_violations\"";

    /// <summary>Remembers what is violated.</summary>
    public static IEnumerable<ScriptStatement> Remember(IEnumerable<SqlIdentifier> children)
    {
        yield return new(
            $"CREATE TABLE {Before} AS {Violations(children)}", "remember which rows refer to nothing already");
    }

    /// <summary>Follows a rename in what was remembered.</summary>
    public static IEnumerable<ScriptStatement> Rename(SqlIdentifier from, SqlIdentifier to)
    {
        if (string.Equals(from.Name, to.Name, StringComparison.Ordinal))
        {
            yield break;
        }

        foreach (string column in (string[])["child", "parent"])
        {
            yield return new($"UPDATE {Before} SET {column} = {SqlText.Literal(to.Name)} WHERE {column} = {SqlText.Literal(from.Name)} COLLATE NOCASE");
        }
    }

    /// <summary>Refuses what is violated and was not before.</summary>
    public static IEnumerable<ScriptStatement> RefuseNew(IEnumerable<SqlIdentifier> children, string migration)
    {
        yield return new(
            $"CREATE TABLE {Now} AS SELECT now.* FROM ({Violations(children)}) AS now LEFT JOIN {Before} AS before "
            + "ON before.child = now.child COLLATE NOCASE AND before.at IS now.at AND before.parent = now.parent COLLATE NOCASE "
            + "WHERE now.times > ifnull(before.times, 0)",
            "look for rows that newly refer to nothing");
        yield return new($"SELECT 'Row ' || ifnull(at, '(without rowid)') || ' of ' || child || ' would refer to nothing in ' || parent || '.' FROM {Now} LIMIT 10");
        foreach (ScriptStatement statement in ScriptGuard.RefuseRows(
            $"SELECT 1 FROM {Now}", $"Foreign keys would be violated by migration {migration} that were not before. Nothing of it stays."))
        {
            yield return statement;
        }

        yield return new($"DROP TABLE {Now}");
        yield return new($"DROP TABLE {Before}");
    }

    private static string Violations(IEnumerable<SqlIdentifier> children)
    {
        string all = string.Join(" UNION ALL ", children.Select(child =>
            $"SELECT \"table\" AS child, \"rowid\" AS at, \"parent\" AS parent FROM pragma_foreign_key_check({SqlText.Literal(child.Name)}, 'main')"));
        return all.Length == 0
            ? "SELECT NULL AS child, NULL AS at, NULL AS parent, 0 AS times LIMIT 0"
            : $"SELECT child, at, parent, count(*) AS times FROM ({all}) GROUP BY child, at, parent";
    }
}
