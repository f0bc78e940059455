using System.Collections.Immutable;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Schema.Comparison;
using Migrations.Core.Syntax;
using Migrations.Runner.Drafting.Operations;

namespace Migrations.Runner.Drafting.Code;

/// <summary>A change in the verbs of a batch; null where they can't say it and <see cref="EngineCode"/> must.</summary>
internal static class ChangeCode
{
    public static ImmutableArray<string>? TryWrite(DraftedChange drafted) => drafted.Change switch
    {
        Core.Changes.AddColumn => AddColumn(drafted.Table!, drafted.Column!), // Both are there for a column that is added.
        DropColumn drop => [$".DropColumn({CSharpText.Name(drop.Column)})"],
        SetType or SetNullability or SetDefault or SetCollation => AlterColumn([drafted.Change]),
        PlaceColumn place => [$".MoveColumn({CSharpText.Literal(place.Column.Name)})", Place(place.Place)],
        AddPrimaryKey { Name: { } name, AutoIncrement: false } key =>
            [$".AddPrimaryKey({CSharpText.Names(Columns(key.Columns))}, {CSharpText.Name(name)})"],
        DropPrimaryKey { Name: { } name } => [$".DropPrimaryKey({CSharpText.Name(name)})"],
        AddUnique { Name: { } name } unique => [$".AddUnique({CSharpText.Names(Columns(unique.Columns))}, {CSharpText.Name(name)})"],
        DropUnique { Name: { } name } => [$".DropUnique({CSharpText.Name(name)})"],
        DropUnique unique => [$".DropUnique({CSharpText.Names(unique.Columns)})"],
        AddCheck { Name: { } name } check => [$".AddCheck({CSharpText.Literal(name.Name)}, {CSharpText.Literal(check.Expression)})"],
        DropCheck { Name: { } name } => [$".DropCheck({CSharpText.Literal(name.Name)})"],
        AddForeignKey { Name: { } name, InitiallyDeferred: false, ParentColumns.IsEmpty: false } key
            when key.OnDelete is not ForeignKeyAction.Restrict && key.OnUpdate is not ForeignKeyAction.Restrict =>
            [ForeignKey(key, name)],
        DropForeignKey { Name: { } name } => [$".DropForeignKey({CSharpText.Name(name)})"],
        SetStrict strict => [strict.IsStrict ? ".Strict()" : ".NotStrict()"],
        SetWithoutRowId rowId => [rowId.IsWithoutRowId ? ".WithoutRowId()" : ".WithRowId()"],
        _ => null,
    };

    /// <summary>All changes of one column in one call.</summary>
    public static ImmutableArray<string>? AlterColumn(IReadOnlyList<TableChange> changes)
    {
        ImmutableArray<string>.Builder calls = ImmutableArray.CreateBuilder<string>();
        SqlIdentifier name = default;
        foreach (TableChange change in changes)
        {
            (name, string? call) = change switch
            {
                SetType type => (type.Column, type.Type is null ? null : ColumnWords.Type(type.Type)),
                SetNullability nullability => (nullability.Column, ColumnWords.Nullability(!nullability.IsNullable)),
                SetDefault value => (value.Column, ColumnWords.AlteredDefault(value.Value)),
                SetCollation { Collation: { } collation } set => (set.Column, $".WithCollation({CSharpText.Literal(collation.Name)})"),
                SetCollation set => (set.Column, ".WithoutCollation()"),
                _ => throw new ArgumentOutOfRangeException(nameof(changes), change, message: null),
            };
            if (call is null)
            {
                return null;
            }

            calls.Add(call);
        }

        calls[^1] += ")";
        return [$".AlterColumn({CSharpText.Name(name)}, column => column", .. calls];
    }

    public static string Place(ColumnPlace place) => place.Kind switch
    {
        ColumnPlaceKind.First => ".First()",
        ColumnPlaceKind.Last => ".Last()",
        _ => $".{place.Kind}({CSharpText.Literal(place.Column!.Value.Name)})", // It is beside one.
    };

    public static IEnumerable<SqlIdentifier> Columns(ImmutableArray<KeyColumn> columns) =>
        columns.Select(column => column.Name!.Value); // A key has no expressions.

    private static ImmutableArray<string>? AddColumn(TableSchema table, ColumnSchema column)
    {
        if (ColumnWords.Type(column) is not { } type)
        {
            return null;
        }

        string name = CSharpText.Name(column.Name);
        ImmutableArray<string>.Builder calls = ImmutableArray.CreateBuilder<string>();
        calls.Add(type);
        calls.Add(ColumnWords.Nullability(column.IsNotNull));
        if (ColumnWords.Default(column) is { Length: > 0 } value)
        {
            calls.Add(value);
        }

        if (ColumnComparison.Expression(table, column) is { } expression)
        {
            string stored = column.Generated is GeneratedKind.Stored ? ", stored: true" : "";
            calls.Add($".Computed({CSharpText.Literal(SqlTokens.Closed(expression))}{stored})");
        }

        calls[^1] += ")";
        return [$".AddColumn({name}, column => column", .. calls];
    }

    private static string ForeignKey(AddForeignKey key, SqlIdentifier name)
    {
        string columns = key.Columns is [{ } column] ? CSharpText.Name(column) : CSharpText.Names(key.Columns);
        string parents = key.ParentColumns is [{ } parent] ? CSharpText.Name(parent) : CSharpText.Names(key.ParentColumns);
        string onDelete = key.OnDelete is ForeignKeyAction.NoAction ? "" : $", onDelete: Rule.{key.OnDelete}";
        string onUpdate = key.OnUpdate is ForeignKeyAction.NoAction ? "" : $", onUpdate: Rule.{key.OnUpdate}";
        return $".AddForeignKey({columns}, {CSharpText.Name(key.Parent)}, {parents}, {CSharpText.Name(name)}{onDelete}{onUpdate})";
    }
}
