using System.Globalization;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;
using Migrations.Tests.Support;

namespace Migrations.Tests.Properties;

/// <summary>Changes by chance, sensible and senseless ones.</summary>
internal static class RandomChanges
{
    private static readonly string[] Types = ["TEXT", "INTEGER", "REAL", "BLOB", "NUMERIC", "VARCHAR(5)", "ANY", ""];

    public static TableChange[] Of(RandomDatabase database, string table) =>
        [.. Enumerable.Range(0, database.Random.Next(1, 5)).Select(_ => One(database, table))];

    public static TableChange One(RandomDatabase database, string table)
    {
        Random random = database.Random;
        string[] columns = database.ColumnsOf(table);
        string column = database.Pick(columns);
        string other = database.Pick(columns);
        SqlIdentifier? name = random.Next(2) == 0 ? default(SqlIdentifier?) : new SqlIdentifier(string.Create(CultureInfo.InvariantCulture, $"new {random.Next(100)}"));
        string quoted = TestDatabase.Quote(column);
        return random.Next(24) switch
        {
            0 => new AddColumn(Definition(random), Place(random, other)),
            1 => new AddColumn(Definition(random), null, $"coalesce({quoted}, 'x')"),
            2 => new DropColumn(column),
            3 => new RenameColumn(column, random.Next(5) == 0 ? other : "re named"),
            4 => new SetType(column, database.Pick(Types)),
            5 or 6 => new SetNullability(column, random.Next(2) == 0),
            7 => new SetDefault(column, database.Pick([null, "1", "'x'", "CURRENT_TIMESTAMP", "(1 + 1)", "NULL"])),
            8 => new SetCollation(column, random.Next(3) == 0 ? default(SqlIdentifier?) : new SqlIdentifier(database.Pick(["NOCASE", "RTRIM", "BINARY"]))),
            9 => new PlaceColumn(column, Place(random, other) ?? ColumnPlace.First),
            10 => new ConvertColumn(column, new SqlConversion(database.Pick(
                [$"{quoted}", $"{quoted} || ''", $"{quoted} + 1", $"coalesce({quoted}, 0)", $"upper({TestDatabase.Quote(other)})", "NULL", "no_such_function(1)"]))),
            11 => new ConvertColumn(column, new FunctionConversion(value => value is string text ? text + "!" : value)),
            12 => new ConvertColumn(column, new FunctionConversion(value => value is long ? throw new FormatException("no number") : value)),
            13 => new AddPrimaryKey(name, [new KeyColumn(column, null, false)], random.Next(4) == 0),
            14 => new DropPrimaryKey(),
            15 => new AddUnique(name, [new KeyColumn(column, null, false), .. (column == other ? Array.Empty<KeyColumn>() : [new KeyColumn(other, null, false)])]),
            16 => new DropUnique(null, [column]),
            17 => new AddCheck(name, database.Pick([$"{quoted} IS NOT 'bad'", $"{quoted} > 10", "1", "no_such_column = 1"])),
            18 => new DropCheck(new SqlIdentifier("c 1"), null),
            19 => new AddForeignKey(name, [column], database.PickTable(), random.Next(2) == 0 ? [] : [other]),
            20 => new DropForeignKey(null, [column]),
            21 => new SetStrict(random.Next(2) == 0),
            22 => new SetWithoutRowId(random.Next(2) == 0),
            _ => new RenameTable("re named table"),
        };
    }

    private static string Definition(Random random)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"\"added {random.Next(50)}\"");
        string[] definitions =
            ["", "TEXT", "INTEGER NOT NULL DEFAULT 7", "TEXT NOT NULL", "REAL DEFAULT (random())", "TEXT COLLATE NOCASE CHECK (length(1) = 1)", "AS (1 + 1)", "TEXT UNIQUE", "DEFAULT CURRENT_TIMESTAMP"];
        return $"{name} {definitions[random.Next(definitions.Length)]}";
    }

    private static ColumnPlace? Place(Random random, string neighbour) => random.Next(5) switch
    {
        0 => ColumnPlace.First,
        1 => ColumnPlace.Last,
        2 => ColumnPlace.After(neighbour),
        3 => ColumnPlace.Before(neighbour),
        _ => null,
    };
}
