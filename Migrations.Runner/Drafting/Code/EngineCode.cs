using System.Collections.Immutable;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Schema.Comparison;
using Migrations.Core.Syntax;
using Migrations.Runner.Drafting.Operations;
using Migrations.Runner.Drafting.Tables;

namespace Migrations.Runner.Drafting.Code;

/// <summary>A change in the words of the table engine, which says what FluentMigrator can't.</summary>
internal static class EngineCode
{
    public static string Write(DraftedChange drafted) => drafted.Change switch
    {
        Core.Changes.AddColumn => AddColumn(drafted.Table!, drafted.Column!), // Both are there for a column that is added.
        SetType type => $".AlterColumn({Name(type.Column)}, column => column.Type({(type.Type is null ? "null" : CSharpText.Literal(type.Type))}))",
        AddPrimaryKey key =>
            $".AddPrimaryKey({Columns(key.Columns)}{Named(", ", key.Name)}{(key.AutoIncrement ? ", autoIncrement: true" : "")})",
        DropPrimaryKey key => $".DropPrimaryKey({Named("", key.Name)})",
        AddUnique unique => $".AddUnique({Columns(unique.Columns)}{Named(", ", unique.Name)})",
        AddCheck check => $".AddCheck({CSharpText.Literal(check.Expression)}{Named(", ", check.Name)})",
        DropCheck { Expression: { } expression } => $".DropUnnamedCheck({CSharpText.Literal(expression)})",
        AddForeignKey key => ForeignKey(key),
        DropForeignKey key => $".DropForeignKey({CSharpText.EngineNames(key.Columns)})",
        _ => throw new ArgumentOutOfRangeException(nameof(drafted), drafted.Change, "A batch has a verb for it."),
    };

    private static string AddColumn(TableSchema table, ColumnSchema column)
    {
        string calls = (column.IsNotNull ? ".NotNull()" : "")
            + Default(column)
            + (column.Collation == "BINARY" ? "" : $".Collate({Name(column.Collation)})")
            + (ColumnComparison.Expression(table, column) is { } expression
                ? $".Generated({CSharpText.Literal(SqlTokens.Closed(expression))}{(column.Generated is GeneratedKind.Stored ? ", stored: true" : "")})"
                : "");
        string type = column.DeclaredType.Length == 0 ? "null" : CSharpText.Literal(column.DeclaredType);
        return $".AddColumn({Name(column.Name)}, {type}{(calls.Length == 0 ? "" : $", column => column{calls}")})";
    }

    private static string Default(ColumnSchema column)
    {
        if (DefaultExpression.IsNull(column.DefaultText))
        {
            return "";
        }

        DraftedDefault value = DraftedDefault.Of(column.DefaultText!); // IsNull says that there is one.
        return ColumnWords.Literal(value) is { } literal
            ? $".Default({literal})"
            : $".DefaultExpression({CSharpText.Literal(SqlTokens.Closed(value.Expression))})";
    }

    private static string ForeignKey(AddForeignKey key)
    {
        string calls = (key.Name is { } name ? $".Named({Name(name)})" : "")
            + Action("OnDelete", key.OnDelete)
            + Action("OnUpdate", key.OnUpdate)
            + (key.InitiallyDeferred ? ".Deferred()" : "");
        return $".AddForeignKey({CSharpText.EngineNames(key.Columns)}, {Name(key.Parent)}, {CSharpText.EngineNames(key.ParentColumns)}"
            + $"{(calls.Length == 0 ? "" : $", key => key{calls}")})";
    }

    private static string Action(string when, ForeignKeyAction action) =>
        action is ForeignKeyAction.NoAction ? "" : $".{when}(ReferentialAction.{action})";

    private static string Columns(ImmutableArray<KeyColumn> columns) => CSharpText.EngineNames(ChangeCode.Columns(columns));

    private static string Named(string before, SqlIdentifier? name) => name is { } given ? before + Name(given) : "";

    private static string Name(SqlIdentifier name) => CSharpText.Literal(name.Name);
}
