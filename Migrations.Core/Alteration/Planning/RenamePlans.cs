using System.Collections.Immutable;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>
/// Renames of columns and of the table. Always SQLite's own: it alone rewrites every index, trigger, view and foreign key
/// that mentions the name (lang_altertable.html, sections 2 and 3).
/// </summary>
internal static class RenamePlans
{
    private const string Reason = "only SQLite's own rename follows every reference";

    public static PlannedPass Columns(DatabaseSchema schema, TableSchema table, ImmutableArray<TableChange> changes)
    {
        ImmutableArray<AlterationStep>.Builder steps = ImmutableArray.CreateBuilder<AlterationStep>();
        HashSet<SqlIdentifier> names = [.. table.Columns.Select(column => column.Name)];
        foreach (RenameColumn rename in changes.TakeWhile(change => change is RenameColumn).Cast<RenameColumn>())
        {
            if (!names.Remove(rename.Column))
            {
                throw Refusal.NoColumn(table.Name, rename.Column);
            }

            if (!names.Add(rename.NewName))
            {
                throw Refusal.Of(table.Name, $"Renaming column {rename.Column} to {rename.NewName}", "the table has a column of that name",
                    "Choose another name, or rename that column first.", rename.NewName.Name);
            }

            RefuseExternalContent(schema, table, rename);
            ExternalContent.RefuseTaking(schema, table.Name, rename.NewName);
            steps.Add(new AlterationStep(
                $"ALTER TABLE {schema.Database.Quoted}.{table.Name.Quoted} RENAME COLUMN {rename.Column.Quoted} TO {rename.NewName.Quoted}",
                $"rename column {rename.Column}", "lang_altertable.html, section 3"));
        }

        return Pass(schema, table, table.Name, steps.ToImmutable(), changes[steps.Count..]);
    }

    public static PlannedPass Table(DatabaseSchema schema, TableSchema table, RenameTable rename, ImmutableArray<TableChange> rest)
    {
        if (rename.NewName != table.Name && schema.IsNameTaken(rename.NewName))
        {
            throw Refusal.Of(table.Name, $"Renaming to {rename.NewName}", "the name is taken", "Choose another name.", rename.NewName.Name);
        }

        if (ExternalContent.Of(schema, table.Name).FirstOrDefault() is { } content)
        {
            throw Refusal.Of(table.Name, $"Renaming to {rename.NewName}",
                $"the full-text table {content.VirtualTable} reads its content from this table by name, and SQLite does not change that name",
                "Drop the full-text table first, and create and fill it again afterwards.", content.VirtualTable.Name);
        }

        // To SQLite a name that differs in case only is taken, by the table itself.
        SqlIdentifier between = FreeName.For(schema, table.Name);
        ImmutableArray<AlterationStep> renames = rename.NewName == table.Name
            ? [Step(table.Name, between), Step(between, rename.NewName)]
            : [Step(table.Name, rename.NewName)];
        ImmutableArray<AlterationStep> steps = [.. renames, .. StatisticsSteps.Rename(schema, table.Name, rename.NewName)];
        return Pass(schema, table, rename.NewName, steps, rest);

        AlterationStep Step(SqlIdentifier from, SqlIdentifier to) => new(
            $"ALTER TABLE {schema.Database.Quoted}.{from.Quoted} RENAME TO {to.Quoted}", "rename the table", "lang_altertable.html, section 2");
    }

    private static void RefuseExternalContent(DatabaseSchema schema, TableSchema table, RenameColumn rename)
    {
        if (ExternalContent.Of(schema, table.Name).FirstOrDefault(content => content.Uses(rename.Column)) is { } content)
        {
            throw Refusal.Of(table.Name, $"Renaming column {rename.Column}",
                $"the full-text table {content.VirtualTable} reads it by name, and SQLite does not change that name",
                "Drop the full-text table first, and create and fill it again afterwards.", content.VirtualTable.Name);
        }
    }

    private static PlannedPass Pass(
        DatabaseSchema schema, TableSchema table, SqlIdentifier newName, ImmutableArray<AlterationStep> steps, ImmutableArray<TableChange> rest) => new()
        {
            Plan = new AlterationPlan(schema.Database.Name, table.Name.Name, AlterationStrategy.Native, Reason, [.. steps, .. StatisticsSteps.Reload(schema)]),
            Table = newName,
            Rest = rest,
        };
}
