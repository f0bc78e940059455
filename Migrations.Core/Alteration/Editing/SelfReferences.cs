using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Editing;

/// <summary>Columns that a table's own CHECKs qualify with the table's name: CHECK (t.a > 0).</summary>
internal static class SelfReferences
{
    /// <summary>The text without these qualifiers; SQLite allows none in other expressions of a table.</summary>
    public static string Unqualified(CreateTableSyntax table)
    {
        IEnumerable<SourceSpan> checks = table.Columns.SelectMany(column => column.Constraints).OfType<ColumnCheckSyntax>()
            .Select(check => check.Expression)
            .Concat(table.Constraints.OfType<TableCheckSyntax>().Select(check => check.Expression));
        string text = table.Text;
        foreach (SourceSpan qualifier in checks
            .SelectMany(check => NameReferences.Qualifiers(table.Text, check, table.Name.Identifier))
            .OrderByDescending(span => span.Start))
        {
            text = TextEdit.Replace(text, qualifier, "");
        }

        return text;
    }
}
