using System.Collections.Immutable;
using FluentMigrator.Expressions;
using FluentMigrator.Model;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Runner.Processing;

/// <summary>
/// What a name means is decided by what bears it in the database: FluentMigrator's unique constraints are indexes on SQLite,
/// and its foreign keys and primary keys may have no name. What is not found goes to the engine as it was asked for, which
/// may know it from an earlier change of the same alteration, and refuses it otherwise.
/// </summary>
internal sealed partial class ChangeTranslator
{
    public IReadOnlyList<TableChange> Translate(DeleteForeignKeyExpression expression)
    {
        ForeignKeyDefinition asked = expression.ForeignKey;
        SqlIdentifier? name = Name(asked.Name);
        ImmutableArray<SqlIdentifier> columns = [.. asked.ForeignColumns.Select(FluentName.Parse)];
        ImmutableArray<ForeignKeySchema> keys = FindTable(asked.ForeignTableSchema, asked.ForeignTable)?.ForeignKeys ?? [];
        if (name is not null && (columns.IsEmpty || keys.Any(key => key.Name == name)))
        {
            return [new DropForeignKey(name, [])];
        }

        // The name of a key that is given by its columns is only what the convention would have called it.
        ForeignKeySchema? found = keys.FirstOrDefault(key => key.Columns.SequenceEqual(columns)
            && (string.IsNullOrEmpty(asked.PrimaryTable) || key.Parent == FluentName.Parse(asked.PrimaryTable)));
        return [found is { Name: { } foundName } ? new DropForeignKey(foundName, []) : new DropForeignKey(Name: null, columns)];
    }

    public IReadOnlyList<TableChange> Translate(DeleteConstraintExpression expression)
    {
        ConstraintDefinition asked = expression.Constraint;
        ImmutableArray<SqlIdentifier> columns = [.. asked.Columns.Select(FluentName.Parse)];
        TableSchema? table = FindTable(asked.SchemaName, asked.TableName);
        if (Name(asked.ConstraintName) is { } name)
        {
            if (FindByName(asked, table, name) is { } change)
            {
                return [change];
            }

            if (asked.IsPrimaryKeyConstraint)
            {
                return [new DropPrimaryKey(table?.PrimaryKey is { Name: null } ? (SqlIdentifier?)null : name)];
            }
        }
        else if (asked.IsPrimaryKeyConstraint)
        {
            return [new DropPrimaryKey()];
        }

        return [columns.IsEmpty ? new DropUnique(Name(asked.ConstraintName), []) : FindByColumns(asked, table, columns)];
    }

    public IReadOnlyList<TableChange> Translate(DeleteIndexExpression expression)
    {
        SqlIdentifier name = FluentName.Parse(expression.Index.Name);
        bool isConstraint = readSchema(FluentName.Database(expression.Index.SchemaName)).FindIndex(name) is null
            && FindTable(expression.Index.SchemaName, expression.Index.TableName) is { } table
            && table.Uniques.Any(unique => unique.Name == name);
        return [isConstraint ? new DropUnique(name, []) : new DropIndex(name)];
    }

    private TableChange? FindByName(ConstraintDefinition asked, TableSchema? table, SqlIdentifier name)
    {
        IndexSchema? index = readSchema(FluentName.Database(asked.SchemaName)).FindIndex(name);
        return true switch
        {
            _ when index is { IsUnique: true } && index.Table == FluentName.Parse(asked.TableName) => new DropIndex(name),
            _ when table is null => null,
            _ when table.Uniques.Any(unique => unique.Name == name) => new DropUnique(name, []),
            _ when table.PrimaryKey is { Name: { } key } && key == name => new DropPrimaryKey(name),
            _ when table.Checks.Any(check => check.Name == name) => new DropCheck(name, Expression: null),
            _ when table.ForeignKeys.Any(key => key.Name == name) => new DropForeignKey(name, []),
            _ => null,
        };
    }

    private TableChange FindByColumns(ConstraintDefinition asked, TableSchema? table, ImmutableArray<SqlIdentifier> columns)
    {
        UniqueSchema? unique = table?.Uniques.FirstOrDefault(candidate => Matches(candidate.Columns, columns));
        if (unique is not null)
        {
            return unique.Name is { } name ? new DropUnique(name, []) : new DropUnique(Name: null, columns);
        }

        IndexSchema? index = table is null ? null : readSchema(FluentName.Database(asked.SchemaName)).IndexesOf(table.Name)
            .FirstOrDefault(candidate => candidate is { IsUnique: true, IsPartial: false } && Matches(candidate.Columns, columns));
        return index is null ? new DropUnique(Name: null, columns) : new DropIndex(index.Name);
    }

    private static bool Matches(ImmutableArray<KeyColumn> key, ImmutableArray<SqlIdentifier> columns) =>
        key.Length == columns.Length && key.Zip(columns).All(pair => pair.First.Name == pair.Second);
}
