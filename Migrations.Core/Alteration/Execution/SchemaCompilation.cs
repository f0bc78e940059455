using System.Collections.Immutable;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Execution;

/// <summary>
/// Which views and triggers of a database do not compile. SQLite's own checks look at none of them (integrity_check)
/// or at some (ALTER TABLE); compiling a statement that uses each one finds all. Immutable.
/// </summary>
internal sealed class SchemaCompilation
{
    private readonly ImmutableDictionary<(SqlIdentifier Name, string Statement), string> errors;

    private SchemaCompilation(ImmutableDictionary<(SqlIdentifier Name, string Statement), string> errors) => this.errors = errors;

    public static SchemaCompilation Read(AlterationSession session, DatabaseSchema schema)
    {
        Dictionary<(SqlIdentifier, string), string> found = [];
        foreach (ViewSchema view in schema.Views)
        {
            Compile(view.Name, "SELECT", $"SELECT * FROM {schema.Database.Quoted}.{view.Name.Quoted}");
        }

        foreach (ViewSchema view in schema.TemporaryViews)
        {
            Compile(view.Name, "SELECT", $"SELECT * FROM temp.{view.Name.Quoted}");
        }

        foreach (SqlIdentifier target in schema.Triggers.Select(trigger => trigger.Table)
            .Concat(schema.Unread.Where(unread => unread.Type is "trigger").Select(unread => unread.Table))
            .Distinct())
        {
            string name = $"{schema.Database.Quoted}.{target.Quoted}";
            Compile(target, "INSERT", $"INSERT INTO {name} DEFAULT VALUES");
            Compile(target, "DELETE", $"DELETE FROM {name}");
            if (Assignments(session, schema, target) is { Length: > 0 } assignments)
            {
                Compile(target, "UPDATE", $"UPDATE {name} SET {assignments}");
            }
        }

        return new SchemaCompilation(found.ToImmutableDictionary());

        void Compile(SqlIdentifier name, string kind, string sql)
        {
            if (session.CompilationError(sql) is { } error)
            {
                found[(name, kind)] = error;
            }
        }
    }

    /// <summary>Refuses what compiled before and does not compile now; what was broken before stays as it was.</summary>
    public void RefuseNewErrors(AlterationSession session, DatabaseSchema schema, SchemaCompilation before, SqlIdentifier newName)
    {
        foreach (((SqlIdentifier name, string statement), string error) in errors)
        {
            SqlIdentifier oldName = name == newName ? session.Table : name;
            if (before.errors.ContainsKey((oldName, statement)))
            {
                continue;
            }

            string culprit = statement == "SELECT"
                ? $"view {name}"
                : $"a trigger on {name} ({string.Join(", ", schema.TriggersOf(name).Select(trigger => trigger.Name))})";
            throw new AlterationRefusedException(
                session.Table.Name,
                $"Altering table {session.Table} was refused: {culprit} would no longer compile: {error}. "
                + "Change or drop it in the migration first, and create it again afterwards.",
                statement == "SELECT"
                    ? name.Name
                    : schema.TriggersOf(name).FirstOrDefault(trigger => NameReferences.Mentions(trigger.Sql, session.Table))?.Name.Name
                        ?? schema.TriggersOf(name).Select(trigger => trigger.Name.Name).FirstOrDefault() ?? name.Name);
        }
    }

    /// <summary>What is broken, in words, in the order of names.</summary>
    public IEnumerable<string> Errors => errors
        .Select(error => $"{error.Key.Statement} on {error.Key.Name}: {error.Value}")
        .Order(StringComparer.Ordinal);

    /// <summary>What is broken, for messages; null if nothing is.</summary>
    public string? Describe() => errors.IsEmpty ? null : string.Join("; ", Errors);

    private static string Assignments(AlterationSession session, DatabaseSchema schema, SqlIdentifier target)
    {
        IEnumerable<SqlIdentifier> columns = schema.FindTable(target) is { Kind: TableKind.Ordinary } table
            ? table.Columns.Where(column => !column.IsGenerated).Select(column => column.Name)
            : ViewColumns(session, schema, target);
        return string.Join(", ", columns.Select(column => $"{column.Quoted} = {column.Quoted}"));
    }

    /// <summary>A view that does not compile has no columns to ask for; its SELECT is reported instead.</summary>
    private static List<SqlIdentifier> ViewColumns(AlterationSession session, DatabaseSchema schema, SqlIdentifier view)
    {
        string sql = $"SELECT name FROM pragma_table_xinfo({SqlText.Literal(view.Name)}, {SqlText.Literal(schema.Database.Name)}) WHERE hidden = 0";
        if (session.CompilationError($"SELECT * FROM {schema.Database.Quoted}.{view.Quoted}") is not null)
        {
            return [];
        }

        return session.Run(sql, command =>
        {
            List<SqlIdentifier> names = [];
            using Microsoft.Data.Sqlite.SqliteDataReader reader = command.ExecuteReader();
            while (reader.Read())
            {
                names.Add(reader.GetString(0));
            }

            return names;
        });
    }
}
