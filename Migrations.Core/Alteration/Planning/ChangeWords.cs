using Migrations.Core.Changes;

namespace Migrations.Core.Alteration.Planning;

/// <summary>What a change does, in the words of the reason for a copy: "to set NOT NULL, convert values".</summary>
internal static class ChangeWords
{
    public static string Of(TableChange change) => change switch
    {
        AddColumn { Place: not null } => "add a column at a place",
        AddColumn => "add a column that rows must take a value for",
        DropColumn => "drop a column",
        SetType => "change a type",
        SetNullability { IsNullable: true } => "take NOT NULL away",
        SetNullability => "set NOT NULL",
        SetDefault => "change a default",
        SetCollation => "change a collation",
        PlaceColumn => "move a column",
        ConvertColumn => "convert values",
        AddPrimaryKey => "add a primary key",
        DropPrimaryKey => "drop a primary key",
        AddUnique => "add UNIQUE",
        DropUnique => "drop UNIQUE",
        AddCheck => "add CHECK",
        DropCheck => "drop CHECK",
        AddForeignKey => "add a foreign key",
        DropForeignKey => "drop a foreign key",
        SetStrict => "change STRICT",
        SetWithoutRowId => "change WITHOUT ROWID",
        _ => "alter the table",
    };
}
