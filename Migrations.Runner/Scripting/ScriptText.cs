using System.Globalization;
using System.Text;
using Migrations.Core.Syntax;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.Scripting;

/// <summary>
/// Writes a script so that no failure can be followed by a COMMIT, whatever the shell is told to do after errors. The shell reads lines until one ends
/// with a complete statement, and then runs all that it has read up to the first error (cli.html, section 3). So within a migration a comment is
/// open at the end of every line that has a semicolon, and where it closes the next statement begins.
/// </summary>
internal sealed class ScriptText(
    MigratorSettings settings, MigrationModule module, StartingSchema start, StatementRecorder recorder, long from, long to, string? database)
{
    private readonly StringBuilder text = new();

    public string Write()
    {
        Header();
        if (recorder.Units.Count == 0)
        {
            Comment("There is nothing to do.");
            return text.ToString();
        }

        text.Append("\n.bail on\n.timeout 30000\n\n");
        Unit([new(ScriptGuard.Create), new("PRAGMA legacy_alter_table=OFF")]);
        SortedSet<long> applied = [.. start.Applied];
        for (int i = 0; i < recorder.Units.Count; i++)
        {
            ScriptUnit unit = recorder.Units[i];
            text.Append('\n');
            Comment(Title(unit));
            if (!unit.IsInTransaction)
            {
                Comment("It runs in no transaction, as in an upgrade: where it fails, what it did before stays.");
            }

            Unit(Statements(unit, applied, i == 0));
            if (unit.Migration is { } migration)
            {
                _ = unit.IsUp ? applied.Add(migration.Version) : applied.Remove(migration.Version);
            }

            text.Append("\n-- Nothing, or the end of what has failed.\nSAVEPOINT \"migrations\"; ROLLBACK;\n");
        }

        text.Append('\n');
        Comment(string.Create(CultureInfo.InvariantCulture, $"The database is at version {to}."));
        Unit([.. ApplicationId(), new(ScriptGuard.Drop), new($"PRAGMA foreign_keys={(recorder.IsEnforcing ? "ON" : "OFF")}", "foreign keys are held as the application does, from here on in this session of the shell")]);
        return text.ToString();
    }

    private void Header()
    {
        Comment(string.Create(CultureInfo.InvariantCulture, $"Takes a database from version {from} to version {to}, as an upgrade with the library does."));
        Comment(database is null
            ? "Made for the schema that the migrations make; it refuses a database whose tables are others."
            : $"Made for the schema of {Path.GetFileName(database)}; it refuses a database whose tables are others.");
        Comment("Make a backup first, stop the application, and run it in the sqlite3 shell, of version 3.37 or newer:");
        Comment("    sqlite3 app.db \".backup app.backup.db\"");
        Comment("    sqlite3 app.db < this-file.sql");
        Comment("Where it fails, the migration that fails leaves nothing, the ones before it stay, and the shell ends with 1.");
        Comment("The open comments after semicolons have the shell read each migration whole and stop at its first error: leave them there.");
    }

    private IEnumerable<ScriptStatement> Statements(ScriptUnit unit, SortedSet<long> applied, bool isFirst)
    {
        string name = Title(unit);
        bool checksForeignKeys = unit is { HasAlterations: true, IsInTransaction: true };
        yield return new($"PRAGMA foreign_keys={(unit.EnforcesForeignKeys ? "ON" : "OFF")}");
        if (unit.IsInTransaction)
        {
            yield return new("BEGIN IMMEDIATE");
        }

        foreach (ScriptStatement statement in isFirst ? new StartingChecks(settings, module, start, recorder.AlteredTables, from).All() : Version(applied))
        {
            yield return statement;
        }

        if (checksForeignKeys)
        {
            foreach (ScriptStatement statement in (IEnumerable<ScriptStatement>)
            [
                .. ScriptGuard.RefuseRows("SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys", "Foreign keys could not be switched off: end your own transaction first."),
                .. ForeignKeyScript.Remember(unit.Checked(unit.ChildrenBefore)),
            ])
            {
                yield return statement;
            }
        }

        foreach (ScriptStatement statement in unit.Statements)
        {
            yield return statement;
        }

        if (checksForeignKeys)
        {
            foreach (ScriptStatement statement in ForeignKeyScript.RefuseNew(unit.Checked(unit.ChildrenAfter), name))
            {
                yield return statement;
            }
        }

        if (unit.IsInTransaction)
        {
            yield return new("COMMIT");
        }
    }

    /// <summary>Whether the migration before this one has run; the first one looks at all versions.</summary>
    private IEnumerable<ScriptStatement> Version(SortedSet<long> applied)
    {
        string table = $"main.{new SqlIdentifier(module.VersionTable.TableName).Quoted}";
        string column = new SqlIdentifier(module.VersionTable.ColumnName).Quoted;
        string newest = applied.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" OR NOT EXISTS (SELECT 1 FROM {table} WHERE {column} = {applied.Max})");
        return ScriptGuard.RefuseRows(
            string.Create(CultureInfo.InvariantCulture, $"SELECT 1 WHERE (SELECT count(*) FROM {table}) <> {applied.Count}{newest}"),
            string.Create(CultureInfo.InvariantCulture, $"The database is not at version {(applied.Count == 0 ? 0 : applied.Max)}: what comes before has failed. Nothing more was done."));
    }

    // An application's own number that is there already stays; another one was refused at the beginning.
    private IEnumerable<ScriptStatement> ApplicationId() => settings.ApplicationId is { } id and not 0
        ? [new(string.Create(CultureInfo.InvariantCulture, $"PRAGMA main.application_id={id}"))]
        : [];

    private static string Title(ScriptUnit unit) => unit.Migration is null ? "Beside the migrations" : $"{unit.Migration}{(unit.IsUp ? "" : " (taken back)")}";

    private void Comment(string comment)
    {
        foreach (string line in comment.ReplaceLineEndings("\n").Split('\n'))
        {
            text.Append("-- ").Append(line).Append('\n');
        }
    }

    private void Unit(IEnumerable<ScriptStatement> statements)
    {
        bool isFirst = true;
        foreach (ScriptStatement statement in statements)
        {
            if (!isFirst)
            {
                text.Append(" /*\n");
            }

            // The semicolon comes at once: SQLite keeps what stands before it as a part of the schema's text.
            string? purpose = statement.Purpose?.ReplaceLineEndings(" ").Replace("*/", "* /", StringComparison.Ordinal);
            text.Append((isFirst, purpose) switch
            {
                (true, null) => "",
                (true, _) => $"-- {purpose}\n",
                (false, null) => "*/ ",
                (false, _) => $"   {purpose} */ ",
            });
            text.Append(ShellSql.Of(statement.Sql)).Append(';');
            isFirst = false;
        }

        text.Append('\n');
    }
}
