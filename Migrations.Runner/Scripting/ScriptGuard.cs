using Migrations.Core.Syntax;

namespace Migrations.Runner.Scripting;

/// <summary>
/// Conditions in plain SQL: a trigger of the shell's own TEMP database raises a message and rolls back where a query has a row
/// (lang_createtrigger.html, section 6). A message can be a literal only.
/// </summary>
internal static class ScriptGuard
{
    /// <summary>Where the rows go that say that something is wrong.</summary>
    public const string Table = "temp.\"migrations_fault\"";

    private const string Trigger = "temp.\"migrations_refuse\"";

    /// <summary>Makes the table, before the first transaction.</summary>
    public const string Create = $"CREATE TABLE IF NOT EXISTS {Table} (\"fault\")";

    public const string Drop = $"DROP TABLE {Table}";

    /// <summary>Ends the transaction with a message where a query has a row.</summary>
    public static IEnumerable<ScriptStatement> RefuseRows(string query, string message) =>
        Refuse($"INSERT INTO {Table} SELECT 1 WHERE EXISTS ({query})", message);

    /// <summary>Ends the transaction with a message where a statement puts a row into <see cref="Table"/>.</summary>
    public static IEnumerable<ScriptStatement> Refuse(string insert, string message)
    {
        string line = message.ReplaceLineEndings(" ");
        yield return new($"CREATE TRIGGER {Trigger} BEFORE INSERT ON \"migrations_fault\" BEGIN SELECT RAISE(ROLLBACK, {SqlText.Literal(line)}); END");
        yield return new(insert);
        yield return new($"DROP TRIGGER {Trigger}");
    }
}
