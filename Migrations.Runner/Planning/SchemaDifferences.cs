using System.Collections.Immutable;
using Migrations.Core.Schema.Script;
using Migrations.Core.Syntax;
using Migrations.Runner.Processing;

namespace Migrations.Runner.Planning;

/// <summary>The CREATE statements before a migration against those after it.</summary>
internal static class SchemaDifferences
{
    /// <summary>Those that differ in more than white space, in the order of the schema; what is dropped comes first.</summary>
    /// <param name="before">The schema before.</param>
    /// <param name="after">The schema after.</param>
    /// <param name="nameBefore">The name that a table had before; null for a new one.</param>
    public static ImmutableArray<SchemaDifference> Of(PlannedSchema before, PlannedSchema after, Func<TableName, TableName?> nameBefore)
    {
        List<(SchemaObject? Old, SchemaObject New)> there =
        [
            .. after.Objects.Select(one =>
            {
                SqlIdentifier name = one.Type is "table" ? nameBefore(one.Table)?.Table ?? one.Name : one.Name;
                return (before.Objects.FirstOrDefault(old => old.Type == one.Type && old.Name == name && old.Table.Database == one.Table.Database), one);
            }),
        ];
        IEnumerable<SchemaObject> gone = before.Objects.Except(there.Select(pair => pair.Old).OfType<SchemaObject>());
        return
        [
            .. gone.Select(old => Of(old, old.Sql, "")),
            .. there.Where(pair => pair.Old?.Sql != pair.New.Sql).Select(pair => Of(pair.New, pair.Old?.Sql ?? "", pair.New.Sql)).Where(one => !one.Lines.IsEmpty),
        ];
    }

    private static SchemaDifference Of(SchemaObject one, string old, string @new) => new(
        $"{one.Type} {(one.Table.Database == "main" ? "" : $"{one.Table.Database}.")}{one.Name}",
        LineDiff.Of(Lines(old), Lines(@new), AreEqual, context: 1));

    private static ImmutableArray<string> Lines(string sql) => sql.Length == 0 ? [] : StatementLines.Of(sql);

    // A comma more or less at its end makes no other line of a column.
    private static bool AreEqual(string left, string right) => SqlTokens.MeaningEquals(left.TrimEnd(' ', ','), right.TrimEnd(' ', ','));
}
