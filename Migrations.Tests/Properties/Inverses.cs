using System.Globalization;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;
using Migrations.Tests.Corpus;
using Migrations.Tests.Support;

namespace Migrations.Tests.Properties;

/// <summary>A change of a table by chance, and the changes that take it back.</summary>
internal static class Inverses
{
    public static (TableChange[] There, TableChange[] Back) Of(RandomDatabase database, string table)
    {
        TableMeaning meaning = TableMeaning.Of(database.Connection, table);
        string[] columns = database.ColumnsOf(table);
        int position = database.Random.Next(columns.Length);
        string column = columns[position];
        ColumnLine line = ColumnLine.Of(meaning.Columns[position].Text);
        string quoted = TestDatabase.Quote(column);
        bool isStrict = meaning.Options.EndsWith('1');
        SqlIdentifier? name = database.Random.Next(2) == 0 ? default(SqlIdentifier?) : new SqlIdentifier("added constraint");
        string number = $"typeof({quoted}) = 'integer' AND {quoted} BETWEEN -1000000 AND 1000000";
        return database.Random.Next(12) switch
        {
            0 => ([new RenameColumn(column, "re named")], [new RenameColumn("re named", column)]),
            1 => ([new AddColumn("added TEXT NOT NULL DEFAULT 'x'", ColumnPlace.Before(column))], [new DropColumn("added")]),
            2 => ([new SetNullability(column, line.IsNotNull)], [new SetNullability(column, !line.IsNotNull)]),
            3 => ([new SetDefault(column, "'another'")], [new SetDefault(column, line.Default is "none" ? null : Default(line))]),
            4 => ([new AddCheck(name, $"{quoted} IS NOT 'other bad'")], [new DropCheck(name, name is null ? $"{quoted} IS NOT 'other bad'" : null)]),
            5 => ([new AddUnique(new SqlIdentifier("added constraint"), [new KeyColumn(column, null, false)])], [new DropUnique(new SqlIdentifier("added constraint"), [])]),
            6 => ([new AddForeignKey(new SqlIdentifier("added constraint"), [column], table, [columns[0]])], [new DropForeignKey(new SqlIdentifier("added constraint"), [])]),
            7 => ([new SetStrict(!isStrict)], [new SetStrict(isStrict)]),
            8 => ([new PlaceColumn(column, ColumnPlace.First)], [new PlaceColumn(column, position == 0 ? ColumnPlace.First : ColumnPlace.After(columns[position - 1]))]),
            9 => (
                [new ConvertColumn(column, new SqlConversion($"CASE WHEN {number} THEN {quoted} + 1 ELSE {quoted} END"))],
                [new ConvertColumn(column, new SqlConversion($"CASE WHEN typeof({quoted}) = 'integer' AND {quoted} BETWEEN -999999 AND 1000001 THEN {quoted} - 1 ELSE {quoted} END"))]),
            10 => ([new SetCollation(column, Other(line))], [new SetCollation(column, new SqlIdentifier(line.Collation))]),
            _ => ([new RenameTable("re named table"), new RenameTable(table)], []),
        };
    }

    private static SqlIdentifier Other(ColumnLine line) => line.Collation is "NOCASE" ? "RTRIM" : "NOCASE";

    // The pragma leaves out the parentheses of an expression, and they do no harm around the rest.
    private static string Default(ColumnLine line) => line.Default is "CURRENT_TIMESTAMP" || !line.Default.Any(c => c is '+' or '(') ? line.Default : string.Create(CultureInfo.InvariantCulture, $"({line.Default})");
}
