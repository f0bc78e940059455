using FluentMigrator.Expressions;
using FluentMigrator.Model;
using Migrations.Core;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;
using Migrations.Runner.Generation;

namespace Migrations.Runner.Processing;

internal sealed partial class ChangeTranslator
{
    public IReadOnlyList<TableChange> Translate(CreateColumnExpression expression)
    {
        ColumnDefinition asked = expression.Column;
        SqlIdentifier name = FluentName.Parse(asked.Name);
        if (asked is { IsIdentity: true, IsPrimaryKey: false })
        {
            throw new AlterationRefusedException(
                expression.TableName,
                $"The column {name} is to be an identity of \"{expression.TableName}\" but not its primary key. SQLite numbers rows only by an "
                + "INTEGER PRIMARY KEY: make it the primary key as well, or leave the identity out.",
                name.Name);
        }

        ColumnDefinition column = ColumnCopy.Of(asked);
        column.IsPrimaryKey = false;
        column.IsIdentity = false;

        // Unique() also makes an index of its own, which can be named and dropped; two of them would be one too many.
        column.IsUnique = asked.IsUnique && !script.HasUniqueIndex(TableName.Of(expression.SchemaName, expression.TableName), name);
        string definition = generator.GenerateColumn(column);
        if (asked.IsForeignKey && InlineForeignKey.IsPossible(asked))
        {
            definition += " " + generator.GenerateReferences(asked.ForeignKey);
            writtenInline.Add(asked.ForeignKey);
        }

        // Rows that are there get the numbers they already have.
        AddColumn add = new(definition, ExistingRows: asked.IsIdentity ? "rowid" : null);
        return asked.IsPrimaryKey ? [add, new AddPrimaryKey(Name(asked.PrimaryKeyName), [Key(asked.Name)], asked.IsIdentity)] : [add];
    }

    public IReadOnlyList<TableChange> Translate(AlterColumnExpression expression)
    {
        ColumnDefinition asked = expression.Column;
        SqlIdentifier name = FluentName.Parse(asked.Name);
        if (asked.Expression is not null)
        {
            throw new AlterationRefusedException(
                expression.TableName,
                $"The column {name} of \"{expression.TableName}\" can't be altered to be computed: what it holds would be lost. "
                + "Add a computed column, and delete the old one.",
                name.Name);
        }

        generator.GenerateColumn(asked);
        List<TableChange> changes = [new SetType(name, generator.GenerateType(asked))];
        if (!string.IsNullOrEmpty(asked.CollationName))
        {
            changes.Add(new SetCollation(name, FluentName.Parse(asked.CollationName)));
        }

        if (asked.DefaultValue is not ColumnDefinition.UndefinedDefaultValue)
        {
            changes.Add(new SetDefault(name, generator.GenerateDefault(asked.DefaultValue)));
        }

        if (asked.IsNullable is { } isNullable)
        {
            changes.Add(new SetNullability(name, isNullable));
        }

        if (asked.IsPrimaryKey || asked.IsIdentity)
        {
            changes.AddRange(TranslateKey(expression, name));
        }

        if (asked.IsUnique && !script.HasUniqueIndex(TableName.Of(expression.SchemaName, expression.TableName), name))
        {
            changes.Add(new AddUnique(Name: null, [Key(asked.Name)]));
        }

        // The foreign key is an expression of its own, unless somebody made this one by hand.
        if (asked is { IsForeignKey: true, ForeignKey: { } key }
            && !script.Expressions.Any(e => e is CreateForeignKeyExpression create && ReferenceEquals(create.ForeignKey, key)))
        {
            changes.AddRange(Translate(new CreateForeignKeyExpression { ForeignKey = key }));
        }

        return changes;
    }

    private List<TableChange> TranslateKey(AlterColumnExpression expression, SqlIdentifier column)
    {
        ColumnDefinition asked = expression.Column;
        PrimaryKeySchema? key = FindTable(expression.SchemaName, expression.TableName)?.PrimaryKey;
        if (key is null && asked.IsPrimaryKey)
        {
            return [new AddPrimaryKey(Name(asked.PrimaryKeyName), [Key(asked.Name)], asked.IsIdentity)];
        }

        if (key is not { Columns: [{ } only] } || only.Name != column)
        {
            throw new AlterationRefusedException(
                expression.TableName,
                $"The column {column} can't become the {(asked.IsPrimaryKey ? "primary key" : "identity")} of \"{expression.TableName}\": "
                + (key is null ? "it is not the table's primary key. Make it the primary key as well." : "the table has another primary key. Delete that first."),
                column.Name);
        }

        return asked.IsIdentity && !key.AutoIncrement
            ? [new DropPrimaryKey(key.Name), new AddPrimaryKey(key.Name, [new(column, Collation: null, Descending: false)], AutoIncrement: true)]
            : [];
    }
}
