using System.Collections.Immutable;
using Migrations.Core.Alteration.Editing;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>
/// The full rebuild: SQLite's own procedure for arbitrary changes (lang_altertable.html, section 7), with what that page
/// leaves to the reader: the sequence, statistics, rowids, the order of triggers, full-text tables.
/// </summary>
internal static class CopyPlan
{
    private const string Procedure = "lang_altertable.html, section 7, step ";

    public static PlannedPass Plan(DatabaseSchema schema, TableSchema table, TableDraft draft, string reason, PlanningOptions options)
    {
        ForeignKeyPlanning foreignKeys = new(schema, table, draft);
        if (options.ForeignKeysAreEnforced)
        {
            foreignKeys.RefuseEnforced();
        }

        foreignKeys.RefuseLostTargets();
        foreignKeys.RefuseChangedDeferral();
        CopyRefusals.Check(schema, table, draft);
        SqlIdentifier newName = FreeName.For(schema, table.Name);
        RowSource source = new(schema.Database, table, draft);
        KeyPreflights keys = new(schema, table, draft);
        AlterationStep copy = new(source.Insert(newName), "copy all rows", Procedure + "5") { Kind = AlterationStepKind.Copy };
        return new PlannedPass
        {
            Plan = new AlterationPlan(
                schema.Database.Name, table.Name.Name, AlterationStrategy.Copy, reason, [.. Steps(schema, table, draft, newName, copy)])
            {
                Cost = new AlterationCost(RowAccess.Rewrite, [.. draft.Indexes.Select(index => index.Name.Name)]),
            },
            Preflights =
            [
                .. new ValuePreflights(schema, table, draft).All(),
                .. keys.OfIndexes(),
                .. foreignKeys.Orphans(options.ChecksForeignKeys),
            ],
            WhereCopyFails = [.. keys.OfConstraints()],
            Compilations = [.. Compilations(schema, table, draft, source)],
            Functions = Functions(draft, source),
            Expected = draft.Table,
            Table = table.Name,
            ForeignKeyTables = foreignKeys.Affected(),
            NewName = newName,
            Rest = [],
        };
    }

    /// <summary>The functions of a draft, each with the statement that tells of its rows.</summary>
    public static ImmutableArray<ConversionFunction> Functions(TableDraft draft, RowSource source) =>
    [
        .. draft.Functions.Select(function => function with
        {
            Recount = $"SELECT {string.Join(", ", source.StagedKeys.Select(SqlIdentifier.Quote))}, {function.Column.Quoted} FROM {source.Staged()}",
        }),
    ];

    public static AlterationStep Refill(SqlIdentifier database, ExternalContent content)
    {
        string name = content.VirtualTable.Quoted;
        return new AlterationStep(
            $"INSERT INTO {database.Quoted}.{name} ({name}) VALUES ('rebuild')",
            $"fill full-text table {content.VirtualTable} anew: the text that it indexes, or the rowids, have changed", "fts5.html, section 6.10");
    }

    private static IEnumerable<AlterationStep> Steps(
        DatabaseSchema schema, TableSchema table, TableDraft draft, SqlIdentifier newName, AlterationStep copy)
    {
        string database = schema.Database.Quoted;
        yield return new AlterationStep(CreateText(schema, draft, newName), "create the new table under a free name", Procedure + "4");
        yield return copy;
        foreach (AlterationStep step in Sequence(schema, table, draft, newName))
        {
            yield return step;
        }

        foreach (AlterationStep step in StatisticsSteps.Move(schema, table.Name, newName))
        {
            yield return step;
        }

        // Otherwise SQLite refuses the rename while any view mentions the table.
        yield return new AlterationStep("PRAGMA legacy_alter_table=ON", "keep views and triggers as they are", "pragma.html, legacy_alter_table");
        yield return new AlterationStep($"DROP TABLE {database}.{table.Name.Quoted}", "drop the old table", Procedure + "6");
        yield return new AlterationStep(
            $"ALTER TABLE {database}.{newName.Quoted} RENAME TO {table.Name.Quoted}", "give the new table its name", Procedure + "7");
        yield return new AlterationStep("PRAGMA legacy_alter_table=OFF", "rename as usual from here on", "pragma.html, legacy_alter_table");
        foreach (AlterationStep step in StatisticsSteps.Move(schema, newName, table.Name))
        {
            yield return step;
        }

        foreach (IndexSchema index in draft.Indexes)
        {
            yield return IndexSteps.Create(schema.Database, draft.Table, index);
        }

        foreach (TriggerSchema trigger in schema.TriggersOf(table.Name))
        {
            yield return IndexSteps.Recreate(schema.Database, trigger);
        }

        bool constraintsChanged = !ConstraintKeys(table).SequenceEqual(ConstraintKeys(draft.Table));
        foreach (AlterationStep step in StatisticsSteps.Prune(schema, table.Name, constraintsChanged))
        {
            yield return step;
        }

        foreach (ExternalContent content in ExternalContent.Of(schema, table.Name)
            .Where(content => content.IsOutdated(table, draft)))
        {
            yield return Refill(schema.Database, content);
        }

        foreach (AlterationStep step in StatisticsSteps.Reload(schema))
        {
            yield return step;
        }
    }

    /// <summary>The high-water mark of AUTOINCREMENT goes along, also where the rows that made it are gone (autoinc.html).</summary>
    private static IEnumerable<AlterationStep> Sequence(DatabaseSchema schema, TableSchema table, TableDraft draft, SqlIdentifier newName)
    {
        if (!schema.HasSequence || !table.HasAutoIncrement || !draft.Table.HasAutoIncrement)
        {
            yield break;
        }

        string sequence = $"{schema.Database.Quoted}.sqlite_sequence";
        string old = $"(SELECT max(seq) FROM {sequence} WHERE name = {SqlText.Literal(table.Name.Name)} COLLATE NOCASE)";
        string name = SqlText.Literal(newName.Name);
        yield return new AlterationStep(
            $"UPDATE {sequence} SET seq = max(seq, ifnull({old}, seq)) WHERE name = {name}",
            "carry the AUTOINCREMENT high-water mark along", "autoinc.html, section 3");
        yield return new AlterationStep(
            $"INSERT INTO {sequence} (name, seq) SELECT {name}, {old} WHERE {old} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {sequence} WHERE name = {name})",
            "carry it along for a table without rows", "autoinc.html, section 3");
        yield return new AlterationStep(
            $"DELETE FROM {sequence} WHERE name = {name} AND seq = 0 AND {old} IS NULL",
            "leave no mark where there was none", "autoinc.html, section 3");
    }

    /// <summary>
    /// The stored text under the new name. A CHECK that qualifies a column with the table's name would not compile under another one,
    /// and would not be rewritten by the rename that follows: the qualifier goes.
    /// </summary>
    public static string CreateText(DatabaseSchema schema, TableDraft draft, SqlIdentifier newName)
    {
        CreateTableSyntax syntax = draft.Syntax;
        string text = SelfReferences.Unqualified(syntax);
        return $"CREATE TABLE {schema.Database.Quoted}.{newName.Quoted}{text[syntax.Name.Span.End..]}";
    }

    /// <summary>What the author wrote must compile without double-quoted strings, or a misspelt column would become a string in silence.</summary>
    public static IEnumerable<string> Compilations(DatabaseSchema schema, TableSchema table, TableDraft draft, RowSource source)
    {
        if (!draft.Layers.IsEmpty)
        {
            yield return $"SELECT * FROM {source.Staged()}";
        }

        string columns = string.Join(", ", draft.Table.Columns.Select(column => $"NULL AS {column.Name.Quoted}"));
        foreach (GeneratedSyntax generated in draft.Table.Columns.Where(column => table.FindColumn(column.Name) is null)
            .SelectMany(column => column.Syntax.Constraints.OfType<GeneratedSyntax>()))
        {
            yield return $"SELECT ({SqlTokens.Closed(generated.Expression.TextIn(draft.Table.Sql))}) FROM (SELECT {columns}) AS {table.Name.Quoted}";
        }

        // SQLite looks for the functions of a default only when a row needs it. There it takes no aggregate, as in WHERE.
        foreach (ColumnSchema column in draft.Table.Columns.Where(column =>
            column.DefaultText is not null && !string.Equals(table.FindColumn(column.Name)?.DefaultText, column.DefaultText, StringComparison.Ordinal)))
        {
            yield return $"SELECT 1 WHERE {DefaultExpression.Of(column.DefaultText)}";
        }

        foreach (ColumnSchema column in draft.Table.Columns.Where(column => table.FindColumn(column.Name)?.Collation != column.Collation))
        {
            yield return $"SELECT 'a' = 'b' COLLATE {column.Collation.Quoted}";
        }

        foreach (IndexSchema index in draft.Indexes.Except(schema.IndexesOf(table.Name)))
        {
            yield return IndexSteps.Compilation(source, index);
        }
    }

    /// <summary>The keys that SQLite builds indexes for, in the order in which it numbers them.</summary>
    private static IEnumerable<KeyColumn?> ConstraintKeys(TableSchema table) =>
        table.Uniques.Select(unique => (unique.Columns, unique.Span))
            .Concat(table.PrimaryKey is { } key ? [(key.Columns, key.Span)] : [])
            .OrderBy(key => key.Span.Start)
            .SelectMany(key => key.Columns.Append(null));
}
