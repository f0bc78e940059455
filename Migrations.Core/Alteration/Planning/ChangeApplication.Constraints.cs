using System.Collections.Immutable;
using Migrations.Core.Alteration.Editing;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>Adding and dropping constraints and indexes, by name, or by what they say where they have none.</summary>
internal sealed partial class ChangeApplication
{
    private static TableDraft Apply(TableDraft draft, AddPrimaryKey key)
    {
        if (draft.Table.PrimaryKey is { } existing)
        {
            throw Refusal.Of(draft.Table.Name, "Adding a primary key",
                $"the table has one: {existing.Span.TextIn(draft.Table.Sql)}", "Drop it first, in the same batch.", existing.Name?.Name);
        }

        RefuseTakenName(draft, key.Name);
        RequireColumns(draft, key.Columns.Select(column => column.Name!.Value));
        return draft.WithText(ConstraintEdits.Add(draft.Syntax, key));
    }

    private static TableDraft Apply(TableDraft draft, DropPrimaryKey drop)
    {
        PrimaryKeySchema key = draft.Table.PrimaryKey
            ?? throw Refusal.Of(draft.Table.Name, "Dropping the primary key", "the table has none", "There is nothing to drop.");
        if (drop.Name is { } name && key.Name != name)
        {
            throw Refusal.Of(draft.Table.Name, $"Dropping primary key {name}",
                key.Name is { } actual ? $"the primary key is called {actual}" : "the primary key has no name",
                "Give its name, or none.", name.Name);
        }

        return draft.WithText(ConstraintEdits.Drop(draft.Syntax, key.Span));
    }

    private static TableDraft Apply(TableDraft draft, AddUnique unique)
    {
        RefuseTakenName(draft, unique.Name);
        RequireColumns(draft, unique.Columns.Select(column => column.Name!.Value));
        return draft.WithText(ConstraintEdits.Add(draft.Syntax, unique));
    }

    private TableDraft Apply(TableDraft draft, DropUnique drop)
    {
        UniqueSchema? unique = draft.Table.Uniques.FirstOrDefault(unique => drop.Name is { } name
            ? unique.Name == name
            : SameColumns(unique.Columns.Select(column => column.Name!.Value), drop.Columns));
        if (unique is not null)
        {
            return draft.WithText(ConstraintEdits.Drop(draft.Syntax, unique.Span));
        }

        string wayOut = drop.Name is { } given && schema.FindIndex(given) is not null
            ? "An index made by CREATE INDEX bears that name: drop the index."
            : $"Its UNIQUE constraints: {Listed(draft, draft.Table.Uniques.Select(constraint => constraint.Span))}.";
        throw Refusal.Of(draft.Table.Name, $"Dropping UNIQUE {Described(drop.Name, drop.Columns)}", "the table has none like it", wayOut, drop.Name?.Name);
    }

    private static TableDraft Apply(TableDraft draft, AddCheck check)
    {
        RefuseTakenName(draft, check.Name);
        TableDraft next = draft.WithText(ConstraintEdits.Add(draft.Syntax, check));
        return next.Table.Checks.Length == draft.Table.Checks.Length + 1
            ? next
            : throw Refusal.Of(draft.Table.Name, $"Adding CHECK ({check.Expression})", "the text is more than one expression",
                "Give an expression alone, without parentheses around it.", check.Name?.Name);
    }

    private static TableDraft Apply(TableDraft draft, DropCheck drop)
    {
        CheckSchema? check = draft.Table.Checks.FirstOrDefault(check => drop.Name is { } name
            ? check.Name == name
            : SqlTokens.MeaningEquals(check.Expression, drop.Expression ?? ""));
        return check is not null
            ? draft.WithText(ConstraintEdits.Drop(draft.Syntax, check.Span))
            : throw Refusal.Of(draft.Table.Name, $"Dropping CHECK {drop.Name?.Quoted ?? $"({drop.Expression})"}", "the table has none like it",
                $"Its CHECK constraints: {Listed(draft, draft.Table.Checks.Select(constraint => constraint.Span))}.", drop.Name?.Name);
    }

    private static TableDraft Apply(TableDraft draft, AddForeignKey key)
    {
        RefuseTakenName(draft, key.Name);
        RequireColumns(draft, key.Columns);
        if (!key.ParentColumns.IsEmpty && key.ParentColumns.Length != key.Columns.Length)
        {
            throw Refusal.Of(draft.Table.Name, $"Adding foreign key {Described(key.Name, key.Columns)}",
                $"it has {key.Columns.Length} columns and refers to {key.ParentColumns.Length}", "Give as many parent columns as columns.", key.Name?.Name);
        }

        return draft.WithText(ConstraintEdits.Add(draft.Syntax, key));
    }

    private static TableDraft Apply(TableDraft draft, DropForeignKey drop)
    {
        ForeignKeySchema? key = draft.Table.ForeignKeys.FirstOrDefault(key => drop.Name is { } name
            ? key.Name == name
            : SameColumns(key.Columns, drop.Columns));
        return key is not null
            ? draft.WithText(ConstraintEdits.Drop(draft.Syntax, key.Span))
            : throw Refusal.Of(draft.Table.Name, $"Dropping foreign key {Described(drop.Name, drop.Columns)}", "the table has none like it",
                $"Its foreign keys: {Listed(draft, draft.Table.ForeignKeys.Select(constraint => constraint.Span))}.", drop.Name?.Name);
    }

    private TableDraft Apply(TableDraft draft, AddIndex add)
    {
        CreateIndexSyntax syntax = CreateIndexReader.Read(add.Sql);
        SqlIdentifier name = syntax.Name.Identifier;
        if (syntax.Table.Identifier != original.Name)
        {
            throw Refusal.Of(original.Name, $"Creating index {name}", $"it is on table {syntax.Table.Identifier}", "Create it on its own table.", name.Name);
        }

        if (draft.Indexes.Any(index => index.Name == name) || (schema.IsNameTaken(name) && schema.FindIndex(name)?.Table != original.Name))
        {
            throw Refusal.Of(original.Name, $"Creating index {name}", "the name is taken", "Names of indexes are global in a database.", name.Name);
        }

        RequireColumns(draft, syntax.ColumnNames);
        return draft with { Indexes = draft.Indexes.Add(IndexSchemaReader.Read(name, draft.Table, original.Name, add.Sql)) };
    }

    private TableDraft Apply(TableDraft draft, DropIndex drop)
    {
        IndexSchema index = draft.Indexes.FirstOrDefault(index => index.Name == drop.Index)
            ?? throw Refusal.Of(original.Name, $"Dropping index {drop.Index}", "the table has no index of that name",
                $"Its indexes: {string.Join(", ", draft.Indexes.Select(index => index.Name))}. The index behind a UNIQUE or PRIMARY KEY constraint goes with its constraint.",
                drop.Index.Name);
        return draft with { Indexes = draft.Indexes.Remove(index) };
    }

    private static void RequireColumns(TableDraft draft, IEnumerable<SqlIdentifier> columns)
    {
        foreach (SqlIdentifier column in columns)
        {
            Column(draft, column);
        }
    }

    /// <summary>SQLite itself takes two constraints of one name; then no name would tell them apart.</summary>
    private static void RefuseTakenName(TableDraft draft, SqlIdentifier? name)
    {
        if (name is { } given && (draft.Table.PrimaryKey?.Name == given
            || draft.Table.Uniques.Any(constraint => constraint.Name == given)
            || draft.Table.Checks.Any(constraint => constraint.Name == given)
            || draft.Table.ForeignKeys.Any(constraint => constraint.Name == given)))
        {
            throw Refusal.Of(draft.Table.Name, $"Adding constraint {given}", "the table has a constraint of that name",
                "Choose another name, or drop that constraint first.", given.Name);
        }
    }

    private static bool SameColumns(IEnumerable<SqlIdentifier> left, ImmutableArray<SqlIdentifier> right) => left.SequenceEqual(right);

    private static string Described(SqlIdentifier? name, ImmutableArray<SqlIdentifier> columns) =>
        name is { } given ? given.Quoted : $"({string.Join(", ", columns)})";

    private static string Listed(TableDraft draft, IEnumerable<SourceSpan> constraints)
    {
        string list = string.Join("; ", constraints.Select(span => span.TextIn(draft.Table.Sql)));
        return list.Length == 0 ? "none" : list;
    }
}
