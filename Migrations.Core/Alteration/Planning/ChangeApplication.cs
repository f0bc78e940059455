using Migrations.Core.Alteration.Editing;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>
/// Applies changes to a draft, one by one, each to what the ones before it left. Pure. A change that can't share one
/// pass over the table with those before it gives null: the pass ends before it.
/// </summary>
internal sealed partial class ChangeApplication(DatabaseSchema schema, TableSchema original)
{
    private readonly HashSet<SqlIdentifier> dropped = [];

    public TableDraft? TryApply(TableDraft draft, TableChange change)
    {
        TableDraft? next = change switch
        {
            AddColumn add => Apply(draft, add),
            DropColumn drop => Apply(draft, drop),
            SetType set => Apply(draft, set),
            SetNullability set => draft.WithText(set.IsNullable
                ? ColumnEdits.SetNullable(draft.Syntax, Column(draft, set.Column).Syntax)
                : ColumnEdits.SetNotNull(draft.Syntax, Column(draft, set.Column).Syntax)),
            SetDefault set => Apply(draft, set),
            SetCollation set => Apply(draft, set),
            PlaceColumn place => Apply(draft, place),
            ConvertColumn convert => Apply(draft, convert),
            AddPrimaryKey key => Apply(draft, key),
            DropPrimaryKey key => Apply(draft, key),
            AddUnique unique => Apply(draft, unique),
            DropUnique unique => Apply(draft, unique),
            AddCheck check => Apply(draft, check),
            DropCheck check => Apply(draft, check),
            AddForeignKey key => Apply(draft, key),
            DropForeignKey key => Apply(draft, key),
            SetStrict set => draft.WithText(OptionEdits.Set(draft.Syntax, TableOptionKind.Strict, set.IsStrict)),
            SetWithoutRowId set => draft.WithText(OptionEdits.Set(draft.Syntax, TableOptionKind.WithoutRowId, set.IsWithoutRowId)),
            AddIndex index => Apply(draft, index),
            DropIndex index => Apply(draft, index),
            _ => null,
        };

        if (next is not null)
        {
            EditCheck.Require(draft.Table, next.Table, change);
        }

        if (next is not null && change is DropColumn gone)
        {
            dropped.Add(gone.Column);
        }

        return next;
    }

    private static ColumnSchema Column(TableDraft draft, SqlIdentifier name) =>
        draft.FindColumn(name) ?? throw Refusal.NoColumn(draft.Table.Name, name);

    private static TableDraft Apply(TableDraft draft, SetType set)
    {
        ColumnSchema column = Column(draft, set.Column);
        string type = set.Type?.Trim() ?? "";
        if (SqlTokens.MeaningEquals(type, column.DeclaredType))
        {
            return draft;
        }

        if (type.Length > 0)
        {
            ColumnSyntax probe = CreateTableReader.ReadColumn($"{set.Column.Quoted} {type}");
            if (!probe.Constraints.IsEmpty || probe.Type is null)
            {
                throw Refusal.Of(draft.Table.Name, $"Changing the type of column {set.Column}",
                    $"\"{type}\" is more than a type", "Give the type alone; constraints are changes of their own.", set.Column.Name);
            }
        }

        return draft.WithText(ColumnEdits.SetType(draft.Syntax, column.Syntax, type.Length == 0 ? null : type));
    }

    private static TableDraft Apply(TableDraft draft, SetDefault set)
    {
        ColumnSchema column = Column(draft, set.Column);
        if (set.Value is { } value && column.DefaultText is { } existing && SqlTokens.DefaultEquals(value, existing))
        {
            return draft;
        }

        if (column.IsGenerated && set.Value is not null)
        {
            throw Refusal.Of(draft.Table.Name, $"Setting a default for column {set.Column}", "the column is generated",
                "A generated column has no default.", set.Column.Name);
        }

        if (set.Value is not null)
        {
            ColumnSyntax probe = CreateTableReader.ReadColumn($"{set.Column.Quoted} DEFAULT {set.Value}");
            if (probe.Constraints is not [DefaultSyntax])
            {
                throw Refusal.Of(draft.Table.Name, $"Setting a default for column {set.Column}",
                    $"{set.Value} is not one literal, word or expression in parentheses", "Put an expression in parentheses.", set.Column.Name);
            }
        }

        return draft.WithText(ColumnEdits.SetDefault(draft.Syntax, column.Syntax, set.Value));
    }

    private static TableDraft Apply(TableDraft draft, SetCollation set)
    {
        ColumnSchema column = Column(draft, set.Column);
        return column.Collation == (set.Collation ?? "BINARY")
            ? draft
            : draft.WithText(ColumnEdits.SetCollation(draft.Syntax, column.Syntax, set.Collation));
    }

    private static TableDraft Apply(TableDraft draft, PlaceColumn place)
    {
        ColumnSchema column = Column(draft, place.Column);
        CheckPlace(draft, place.Place);
        return place.Place.Column == place.Column
            ? draft
            : draft.WithText(ColumnEdits.Move(draft.Syntax, column.Syntax, place.Place));
    }

    private static void CheckPlace(TableDraft draft, ColumnPlace place)
    {
        if (place.Column is { } neighbour)
        {
            Column(draft, neighbour);
        }
    }

    private TableDraft? Apply(TableDraft draft, AddColumn add)
    {
        ColumnSyntax definition = CreateTableReader.ReadColumn(add.Definition);
        SqlIdentifier name = definition.Name.Identifier;
        if (draft.FindColumn(name) is not null)
        {
            throw Refusal.Of(draft.Table.Name, $"Adding column {name}", "the table has a column of that name",
                "Names of columns are compared without regard to ASCII case.", name.Name);
        }

        if (definition.Constraints.Any(constraint => constraint is ColumnPrimaryKeySyntax) && draft.Table.PrimaryKey is { } key)
        {
            throw Refusal.Of(draft.Table.Name, $"Adding column {name} as a primary key",
                $"the table has one: {key.Span.TextIn(draft.Table.Sql)}", "Drop it first, in the same batch.", key.Name?.Name);
        }

        ExternalContent.RefuseTaking(schema, original.Name, name);
        if (dropped.Contains(name) && !draft.Layers.IsEmpty)
        {
            return null;
        }

        ColumnPlace place = add.Place ?? ColumnPlace.Last;
        CheckPlace(draft, place);
        TableDraft next = draft.WithText(ColumnEdits.Add(draft.Syntax, add.Definition, place));
        return add.ExistingRows is { } expression ? Convert(next, name, expression) : next;
    }

    private static TableDraft? Apply(TableDraft draft, ConvertColumn convert)
    {
        ColumnSchema column = Column(draft, convert.Column);
        if (column.IsGenerated)
        {
            throw Refusal.Of(draft.Table.Name, $"Converting column {convert.Column}", "the column is generated",
                "Convert the columns that it is computed from.", convert.Column.Name);
        }

        if (convert.Conversion is SqlConversion sql)
        {
            if (Convert(draft, convert.Column, sql.Expression) is not { } next)
            {
                return null;
            }

            return sql.Unconvertible is { } condition
                ? next with
                {
                    Guards = next.Guards.Add(new ConversionGuard(
                        convert.Column, condition, sql.Reason ?? "the value can't be converted", LevelBelow(next, convert.Column))),
                }
                : next;
        }

        FunctionConversion function = (FunctionConversion)convert.Conversion;
        string sqlName = $"migrations_convert_{draft.Functions.Length + 1}";
        return Convert(draft, convert.Column, $"{sqlName}({convert.Column.Quoted})") is { } converted
            ? converted with { Functions = draft.Functions.Add(new ConversionFunction(sqlName, convert.Column, function.Function)) }
            : null;
    }

    /// <summary>Null where the expression needs a generated column that an earlier conversion of the same pass would change.</summary>
    private static TableDraft? Convert(TableDraft draft, SqlIdentifier column, string expression) =>
        !draft.Layers.IsEmpty && draft.Table.Columns.Any(other => other.IsGenerated && NameReferences.Mentions(expression, other.Name))
            ? null
            : draft.WithExpression(column, expression);

    private static int LevelBelow(TableDraft draft, SqlIdentifier column)
    {
        int level = draft.Layers.Length;
        while (level > 0 && !draft.Layers[level - 1].Expressions.ContainsKey(column))
        {
            level--;
        }

        return level - 1;
    }
}
