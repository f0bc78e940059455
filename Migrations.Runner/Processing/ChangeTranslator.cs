using System.Data;
using FluentMigrator.Expressions;
using FluentMigrator.Model;
using Migrations.Core;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;
using Migrations.Runner.Generation;

namespace Migrations.Runner.Processing;

/// <summary>Says in the table engine's changes what FluentMigrator's expressions ask for. What it can't say it refuses.</summary>
internal sealed partial class ChangeTranslator(
    RebuildGenerator generator, MigrationScript script, Func<SqlIdentifier, DatabaseSchema> readSchema)
{
    // FluentMigrator's mark of a foreign key that is already written in CREATE TABLE.
    private const string WrittenInlineMark = "$$IGNORE$$_";

    private readonly HashSet<ForeignKeyDefinition> writtenInline = new(ReferenceEqualityComparer.Instance);

    /// <summary>Remembers the foreign keys that CREATE TABLE brings with its columns.</summary>
    public void NoteCreated(CreateTableExpression expression) => writtenInline.UnionWith(
        expression.Columns.Where(column => column is { IsForeignKey: true, ForeignKey: not null }).Select(column => column.ForeignKey));

    public IReadOnlyList<TableChange> Translate(CreateForeignKeyExpression expression)
    {
        ForeignKeyDefinition key = expression.ForeignKey;
        if (writtenInline.Contains(key) || key.Name?.StartsWith(WrittenInlineMark, StringComparison.Ordinal) == true)
        {
            return [];
        }

        if (!InlineForeignKey.IsWithinDatabase(key))
        {
            throw new AlterationRefusedException(
                key.ForeignTable,
                $"The foreign key \"{key.Name}\" of \"{key.ForeignTable}\" refers to \"{key.PrimaryTableSchema}\".\"{key.PrimaryTable}\", in another "
                + "database. SQLite's foreign keys stay within one (foreignkeys.html, section 6): put both tables into one database.",
                key.Name);
        }

        return
        [
            new AddForeignKey(
                Name(key.Name),
                [.. key.ForeignColumns.Select(FluentName.Parse)],
                FluentName.Parse(key.PrimaryTable),
                [.. key.PrimaryColumns.Select(FluentName.Parse)],
                Action(key.OnDelete),
                Action(key.OnUpdate)),
        ];
    }

    public IReadOnlyList<TableChange> Translate(AlterDefaultConstraintExpression expression) =>
        [new SetDefault(FluentName.Parse(expression.ColumnName), generator.GenerateDefault(expression.DefaultValue))];

    public static IReadOnlyList<TableChange> Translate(DeleteDefaultConstraintExpression expression) =>
        [new SetDefault(FluentName.Parse(expression.ColumnName), Value: null)];

    public static IReadOnlyList<TableChange> Translate(DeleteColumnExpression expression) =>
        [.. expression.ColumnNames.Select(column => new DropColumn(FluentName.Parse(column)))];

    public static IReadOnlyList<TableChange> Translate(RenameColumnExpression expression) =>
        [new RenameColumn(FluentName.Parse(expression.OldName), FluentName.Parse(expression.NewName))];

    public IReadOnlyList<TableChange> Translate(CreateIndexExpression expression) => [new AddIndex(Statement(generator.Generate(expression)))];

    public IReadOnlyList<TableChange> Translate(CreateConstraintExpression expression, bool uniqueAsIndex)
    {
        ConstraintDefinition constraint = expression.Constraint;
        if (constraint.IsUniqueConstraint && uniqueAsIndex)
        {
            return Translate(RebuildGenerator.ToUniqueIndex(constraint));
        }

        if (IndexFeatures.ReadFilter(constraint, constraint.ConstraintName) is { } filter)
        {
            throw new AlterationRefusedException(
                constraint.TableName,
                $"The constraint \"{constraint.ConstraintName}\" of \"{constraint.TableName}\" can't have the filter {filter}: "
                + "SQLite's constraints hold for all rows. Create a unique index with that filter instead.",
                constraint.ConstraintName);
        }

        SqlIdentifier? name = Name(constraint.ConstraintName);
        return
        [
            constraint.IsUniqueConstraint
                ? new AddUnique(name, [.. constraint.Columns.Select(Key)])
                : new AddPrimaryKey(name, [.. constraint.Columns.Select(Key)]),
        ];
    }

    /// <summary>The same values in every row, as conversions of the columns.</summary>
    public IReadOnlyList<TableChange> Translate(UpdateDataExpression expression) =>
        [.. expression.Set.Select(pair => new ConvertColumn(FluentName.Parse(pair.Key), new SqlConversion(generator.Quoter.QuoteValue(pair.Value))))];

    private static SqlIdentifier? Name(string? name) => string.IsNullOrEmpty(name) ? (SqlIdentifier?)null : FluentName.Parse(name);

    private static KeyColumn Key(string column) => new(FluentName.Parse(column), Collation: null, Descending: false);

    private static string Statement(string sql) => sql.TrimEnd().TrimEnd(';');

    private static ForeignKeyAction Action(Rule rule) => rule switch
    {
        Rule.Cascade => ForeignKeyAction.Cascade,
        Rule.SetNull => ForeignKeyAction.SetNull,
        Rule.SetDefault => ForeignKeyAction.SetDefault,
        _ => ForeignKeyAction.NoAction,
    };

    private TableSchema? FindTable(string? schemaName, string tableName) =>
        readSchema(FluentName.Database(schemaName)).FindTable(FluentName.Parse(tableName));
}
