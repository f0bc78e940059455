using System.Text;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Cli.Diagrams;

/// <summary>Tables, their columns and keys as a diagram in Mermaid's language (erDiagram).</summary>
internal static class EntityDiagram
{
    public static string Write(DatabaseSchema schema, Func<SqlIdentifier, bool> isLeftOut)
    {
        List<TableSchema> tables =
        [
            .. schema.Tables.Where(table => table.Kind is TableKind.Ordinary && !isLeftOut(table.Name))
                .OrderBy(table => table.Name.Name, StringComparer.OrdinalIgnoreCase),
        ];
        StringBuilder text = new("erDiagram\n");
        foreach (TableSchema table in tables)
        {
            text.Append("    ").Append(Quoted(table.Name)).Append(" {\n");
            foreach (ColumnSchema column in table.Columns)
            {
                string[] keys = [.. Keys(table, column)];
                text.Append("        ").Append(Word(column.DeclaredType, "ANY")).Append(' ').Append(Word(column.Name.Name, "_"))
                    .Append(keys.Length == 0 ? "" : " " + string.Join(", ", keys))
                    .Append(column.IsNotNull ? " \"NOT NULL\"\n" : "\n");
            }

            text.Append("    }\n");
        }

        foreach (ForeignKeySchema key in tables.SelectMany(table => table.ForeignKeys))
        {
            TableSchema child = tables.First(table => table.Name == key.Child);
            string parentEnd = key.Columns.All(column => child.FindColumn(column) is { IsNotNull: true }) ? "||" : "|o";
            string childEnd = IsUnique(child, key) ? "o|" : "o{";
            text.Append("    ").Append(Quoted(key.Parent)).Append(' ').Append(parentEnd).Append("--").Append(childEnd).Append(' ').Append(Quoted(key.Child))
                .Append(" : \"").Append(string.Join(", ", key.Columns.Select(column => Plain(column.Name)))).Append("\"\n");
        }

        return text.ToString();
    }

    private static IEnumerable<string> Keys(TableSchema table, ColumnSchema column)
    {
        if (table.PrimaryKey?.Columns.Any(key => key.Name == column.Name) == true)
        {
            yield return "PK";
        }

        if (table.ForeignKeys.Any(key => key.Columns.Contains(column.Name)))
        {
            yield return "FK";
        }

        if (table.Uniques.Any(unique => unique.Columns is [{ } only] && only.Name == column.Name))
        {
            yield return "UK";
        }
    }

    private static bool IsUnique(TableSchema table, ForeignKeySchema key) =>
        IsSame(table.PrimaryKey?.Columns, key) || table.Uniques.Any(unique => IsSame(unique.Columns, key));

    private static bool IsSame(IReadOnlyCollection<KeyColumn>? columns, ForeignKeySchema key) =>
        columns?.Count == key.Columns.Length && columns.All(column => column.Name is { } name && key.Columns.Contains(name));

    private static string Quoted(SqlIdentifier name) => $"\"{Plain(name.Name)}\"";

    private static string Plain(string text) => text.Replace('"', '\'').ReplaceLineEndings(" ");

    // Mermaid takes letters, digits, '_', '-', and in types parentheses.
    private static string Word(string text, string empty)
    {
        string word = string.Concat(text.Select(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '(' or ')' ? c : '_'));
        return word.Length == 0 || char.IsDigit(word[0]) ? empty + word : word;
    }
}
