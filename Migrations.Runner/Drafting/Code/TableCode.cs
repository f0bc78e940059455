using System.Collections.Immutable;
using System.Data;
using FluentMigrator.Expressions;
using FluentMigrator.Model;
using FluentMigrator.Runner.Generators.SQLite;
using Migrations.Core;
using Migrations.Core.Schema;
using Migrations.Core.Schema.Comparison;
using Migrations.Core.Syntax;
using Migrations.Runner.Drafting.Operations;
using Migrations.Runner.Drafting.Tables;
using Migrations.Runner.Generation;

namespace Migrations.Runner.Drafting.Code;

/// <summary>
/// A new table in FluentMigrator's words where these make a table of the same meaning. What they make is written by the generator that will
/// run them, read and compared; everything else is said by the table's own text.
/// </summary>
internal static class TableCode
{
    private static readonly RebuildGenerator Generator = new(new LosslessQuoter(binaryGuid: false), new SQLiteTypeMap());

    public static Statement Write(CreateTable create)
    {
        TableSchema table = create.Table;

        // Comments in the text would be lost, and a name of a constraint that is not said would be made up.
        return table.Kind is TableKind.Ordinary
            && !SqlTokens.Comments(table.Sql).Any()
            && TryDefine(table) is { } definition
            && MeansSame(definition, create)
                ? InWords(table) with { Reviews = create.Reviews }
                : SqlCode.Write(table.Sql) with { Reviews = create.Reviews };
    }

    private static bool MeansSame(CreateTableExpression definition, CreateTable create)
    {
        string sql = Generator.Generate(definition).TrimEnd(';');
        try
        {
            TableSchema made = TableSchemaReader.Read(create.Table.Name, TableKind.Ordinary, sql);
            return TableComparison.Compare(create.Table, made, create.Schema, create.Schema).IsEmpty;
        }
        catch (MigrationsException)
        {
            return false;
        }
    }

    private static CreateTableExpression? TryDefine(TableSchema table)
    {
        if (!table.Checks.IsEmpty
            || !table.Uniques.IsEmpty
            || table.IsStrict
            || table.IsWithoutRowId
            || table.Columns.Any(column => column.Name.Name.Length == 0 || ColumnWords.Type(column) is null)
            || table.PrimaryKey is { Name: null, AutoIncrement: false }
            || !table.ForeignKeys.All(IsSayable)
            || table.ForeignKeys.DistinctBy(key => key.Columns[0]).Count() != table.ForeignKeys.Length)
        {
            return null;
        }

        CreateTableExpression definition = new() { TableName = Name(table.Name) };
        foreach (ColumnSchema column in table.Columns)
        {
            ForeignKeySchema? key = table.ForeignKeys.FirstOrDefault(key => key.Columns[0] == column.Name);
            ColumnDefinition defined = new()
            {
                Name = Name(column.Name),
                CustomType = column.DeclaredType.Trim(),
                CollationName = column.Collation == "BINARY" ? null : column.Collation.Name,
                IsNullable = column.IsRowIdAlias ? null : !column.IsNotNull,
                IsPrimaryKey = table.IsInPrimaryKey(column.Name),
                IsIdentity = table.IsInPrimaryKey(column.Name) && table.HasAutoIncrement,
                PrimaryKeyName = table.PrimaryKey?.Name is { } name ? Name(name) : null,
                Expression = ColumnComparison.Expression(table, column) is { } expression ? SqlTokens.Closed(expression) : null,
                ExpressionStored = column.Generated is GeneratedKind.Stored,
                IsForeignKey = key is not null,
                ForeignKey = key is null ? null : new ForeignKeyDefinition
                {
                    Name = Name(key.Name!.Value), // IsSayable asked for one.
                    ForeignTable = Name(table.Name),
                    ForeignColumns = [Name(column.Name)],
                    PrimaryTable = Name(key.Parent),
                    PrimaryColumns = [Name(ParentColumn(key))],
                    OnDelete = Enum.Parse<Rule>(Action(key.OnDelete)),
                    OnUpdate = Enum.Parse<Rule>(Action(key.OnUpdate)),
                },
            };
            if (!DefaultExpression.IsNull(column.DefaultText))
            {
                defined.DefaultValue = FluentMigrator.RawSql.Insert(DraftedDefault.Of(column.DefaultText!).Sql); // IsNull says that there is one.
            }

            definition.Columns.Add(defined);
        }

        return definition;
    }

    private static Statement InWords(TableSchema table) => new(
        $"Create.Table({CSharpText.Name(table.Name)})", [.. table.Columns.Select(column => Column(table, column))], ";")
    { IsList = true };

    private static StatementLink Column(TableSchema table, ColumnSchema column)
    {
        ImmutableArray<string>.Builder calls = ImmutableArray.CreateBuilder<string>();
        calls.Add($".WithColumn({CSharpText.Name(column.Name)}){ColumnWords.Type(column)}");
        if (!column.IsRowIdAlias)
        {
            calls.Add(ColumnWords.Nullability(column.IsNotNull));
        }

        if (table.IsInPrimaryKey(column.Name))
        {
            calls.Add(table.HasAutoIncrement ? ".PrimaryKey().Identity()" : $".PrimaryKey({CSharpText.Name(table.PrimaryKey!.Name!.Value)})"); // Only a key with a name is said.
        }

        calls.Add(ColumnWords.Default(column));
        if (ColumnComparison.Expression(table, column) is { } expression)
        {
            string stored = column.Generated is GeneratedKind.Stored ? ", stored: true" : "";
            calls.Add($".Computed({CSharpText.Literal(SqlTokens.Closed(expression))}{stored})");
        }

        foreach (ForeignKeySchema key in table.ForeignKeys.Where(key => key.Columns[0] == column.Name))
        {
            calls.Add($".ForeignKey({CSharpText.Name(key.Name!.Value)}, {CSharpText.Name(key.Parent)}, {CSharpText.Name(ParentColumn(key))})"); // As above.
            calls.Add(key.OnDelete is ForeignKeyAction.NoAction ? "" : $".OnDelete(Rule.{key.OnDelete})");
            calls.Add(key.OnUpdate is ForeignKeyAction.NoAction ? "" : $".OnUpdate(Rule.{key.OnUpdate})");
        }

        return new StatementLink([.. calls.Where(call => call.Length > 0)]);
    }

    private static bool IsSayable(ForeignKeySchema key) =>
        key is { Name: not null, Columns.Length: 1, InitiallyDeferred: false, ParentColumns.Length: 1 }
        && key.OnDelete is not ForeignKeyAction.Restrict
        && key.OnUpdate is not ForeignKeyAction.Restrict;

    private static SqlIdentifier ParentColumn(ForeignKeySchema key) => key.ParentColumns[0];

    private static string Action(ForeignKeyAction action) => action is ForeignKeyAction.NoAction ? nameof(Rule.None) : action.ToString();

    private static string Name(SqlIdentifier name) => name.Name is ['"', .., '"'] ? name.Quoted : name.Name;
}
