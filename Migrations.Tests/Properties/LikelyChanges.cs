using System.Globalization;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Tests.Properties;

/// <summary>Changes by chance that a table allows, most of them: chosen after a look at what it has and holds.</summary>
internal sealed class LikelyChanges
{
    private static readonly string[] Defaults =
        ["1", "'x'", "NULL", "(1 + 1)", "x'01'", "-2.5", "TRUE", "CURRENT_TIMESTAMP", "'it''s'", "('a' || 'b')", "word", "'007'"];

    private readonly RandomDatabase database;
    private readonly DatabaseSchema schema;
    private readonly TableSchema table;
    private readonly HashSet<SqlIdentifier> gone = [];
    private int made;

    private LikelyChanges(RandomDatabase database, string table)
    {
        this.database = database;
        schema = SchemaReader.Read(database.Connection, "main");
        this.table = schema.FindTable(table)!;
    }

    private Random Random => database.Random;

    /// <summary>One change, or two to four that do not undo each other's columns.</summary>
    public static TableChange[] Of(RandomDatabase database, string table)
    {
        LikelyChanges likely = new(database, table);
        int count = database.Random.Next(5) < 3 ? 1 : database.Random.Next(2, 5);
        return [.. Enumerable.Range(0, count).Select(_ => likely.Next())];
    }

    private TableChange Next()
    {
        while (true)
        {
            if (One() is { } change)
            {
                return change;
            }
        }
    }

    private TableChange? One()
    {
        ColumnSchema[] columns = [.. table.Columns.Where(column => !gone.Contains(column.Name))];
        if (columns.Length == 0)
        {
            return new RenameTable("re named table");
        }

        ColumnSchema[] later = [.. columns.Where(column => column.Name.Name.StartsWith("later", StringComparison.Ordinal))];
        ColumnSchema column = database.Pick(later.Length > 0 && Random.Next(2) == 0 ? later : columns);
        return Random.Next(40) switch
        {
            < 5 => column.IsGenerated ? null : new SetDefault(column.Name, column.DefaultText is not null && Random.Next(3) == 0 ? null : database.Pick(Defaults)),
            < 8 => SetNullability(column),
            < 11 => SetType(column),
            < 13 => new SetCollation(column.Name, new SqlIdentifier(database.Pick(["NOCASE", "RTRIM", "BINARY"]))),
            < 16 => AddCheck(column),
            < 18 => table.Checks.IsEmpty ? null : DropCheck(database.Pick(table.Checks)),
            < 21 => AddForeignKey(column),
            < 23 => table.ForeignKeys.IsEmpty ? null : DropForeignKey(database.Pick(table.ForeignKeys)),
            < 26 => DropColumn(column),
            < 28 => AddColumn(),
            28 => Rename(column),
            29 => Random.Next(3) == 0 ? new RenameTable("re named table") : null,
            30 => new AddIndex($"CREATE {database.Pick(["", "", "UNIQUE "])}INDEX {Fresh("index").Quoted} ON {table.Name.Quoted} ({column.Name.Quoted}{database.Pick(["", " DESC", " COLLATE NOCASE"])})"),
            31 => schema.IndexesOf(table.Name).ToArray() is { Length: > 0 } indexes ? new DropIndex(database.Pick(indexes).Name) : null,
            < 36 => Convert(column),
            36 or 37 => CopiedOnly(column),
            _ => RandomChange(),
        };
    }

    private SqlIdentifier Fresh(string kind) => new(string.Create(CultureInfo.InvariantCulture, $"new {kind} {++made}"));

    private SqlIdentifier? Name(string kind) => Random.Next(2) == 0 ? default(SqlIdentifier?) : Fresh(kind);

    private SetNullability SetNullability(ColumnSchema column) =>
        new(column.Name, column.IsNotNull || (HasNulls(column) && Random.Next(5) > 0));

    private bool HasNulls(ColumnSchema column) =>
        database.Database.Scalar<long>($"SELECT count(*) FROM {table.Name.Quoted} WHERE {column.Name.Quoted} IS NULL") > 0;

    private SetType SetType(ColumnSchema column)
    {
        string[] same = table.IsStrict ? ["INT", "INTEGER"] : column.Affinity switch
        {
            Affinity.Text => ["TEXT", "VARCHAR(40)", "CLOB", "NCHAR(5)", "text /* note */"],
            Affinity.Integer => ["INT", "BIGINT", "INTEGER", "TINYINT(1)"],
            Affinity.Real => ["REAL", "DOUBLE", "FLOAT"],
            Affinity.Blob => ["BLOB", ""],
            _ => ["NUMERIC", "DECIMAL(10, 2)", "BOOLEAN", "DATE"],
        };
        return new SetType(column.Name, database.Pick(Random.Next(5) > 0 ? same : ["TEXT", "INTEGER", "REAL", "ANY", "BLOB", "NUMERIC"]));
    }

    private AddCheck AddCheck(ColumnSchema column) => new(Name("check"), database.Pick(
    [
        $"{column.Name.Quoted} IS NOT 'bad'", $"length({column.Name.Quoted}) < 1000", $"{column.Name.Quoted} <> -99 -- not this one", $"{column.Name.Quoted} IS NULL OR typeof({column.Name.Quoted}) <> 'null'",
        $"{table.Name.Quoted}.{column.Name.Quoted} IS NOT 424242", $"{column.Name.Quoted} > 10",
    ]));

    private static DropCheck DropCheck(CheckSchema check) => check.Name is { } name ? new(name, null) : new(null, check.Expression);

    private static DropForeignKey DropForeignKey(ForeignKeySchema key) => key.Name is { } name ? new(name, []) : new(null, key.Columns);

    /// <summary>One that rows satisfy: a key that is there with other actions, a row as its own parent, a column of NULLs.</summary>
    private AddForeignKey? AddForeignKey(ColumnSchema column)
    {
        // An action that writes a generated column would keep every statement on the parent from compiling.
        ForeignKeyAction action = column.IsGenerated ? ForeignKeyAction.NoAction : database.Pick(Enum.GetValues<ForeignKeyAction>());
        bool isDeferred = Random.Next(4) == 0;
        if (!table.ForeignKeys.IsEmpty && Random.Next(3) == 0)
        {
            ForeignKeySchema key = database.Pick(table.ForeignKeys);
            return key.Columns.Any(name => gone.Contains(name) || table.FindColumn(name)!.IsGenerated) ? null : new AddForeignKey(Name("key"), key.Columns, key.Parent, key.ParentColumns, action, action, isDeferred);
        }

        TableSchema parent = schema.FindTable(database.PickTable())!;
        SqlIdentifier[] keys =
        [
            .. parent.PrimaryKey is { Columns: [{ Name: { } primary }] } ? [primary] : Array.Empty<SqlIdentifier>(),
            .. parent.Uniques.Where(unique => unique.Columns.Length == 1).Select(unique => unique.Columns[0].Name!.Value),
        ];
        if (keys.Length == 0 || keys.Any(gone.Contains))
        {
            return null;
        }

        SqlIdentifier target = database.Pick(keys);
        SqlIdentifier child = parent.Name == table.Name && !parent.FindColumn(target)!.IsGenerated && Random.Next(2) == 0 ? target : column.Name;
        return new AddForeignKey(Name("key"), [child], parent.Name, target == parent.PrimaryKey?.Columns[0].Name && Random.Next(3) == 0 ? [] : [target], action, action, isDeferred);
    }

    private DropColumn? DropColumn(ColumnSchema column)
    {
        if (table.PrimaryKey?.Columns.Any(part => part.Name == column.Name) == true && Random.Next(10) > 0)
        {
            return null;
        }

        gone.Add(column.Name);
        return new DropColumn(column.Name);
    }

    private AddColumn AddColumn() => new($"{Fresh("column").Quoted} {database.Pick(
    [
        "", "TEXT", "INTEGER NOT NULL DEFAULT 7", "TEXT DEFAULT 'it''s' /* note */", "INTEGER DEFAULT 5 -- note", "REAL DEFAULT 3", "BLOB DEFAULT x'00'", "ANY DEFAULT '007'", "TEXT COLLATE NOCASE DEFAULT 'Abc'", "NUMERIC DEFAULT '1.0'",
        "INT CONSTRAINT given NOT NULL DEFAULT TRUE", $"TEXT REFERENCES {table.Name.Quoted}", "INTEGER DEFAULT (1 + 1)", "TEXT CHECK (1)",
    ])}");

    private RenameColumn Rename(ColumnSchema column)
    {
        gone.Add(column.Name);
        return new RenameColumn(column.Name, Fresh("name"));
    }

    private ConvertColumn? Convert(ColumnSchema column)
    {
        string quoted = column.Name.Quoted;
        string other = database.Pick(table.Columns).Name.Quoted;
        return column.IsGenerated ? null : Random.Next(4) switch
        {
            0 => new ConvertColumn(column.Name, new FunctionConversion(value => value is string text ? text + "!" : value is long number ? number / 2 : value)),
            1 => new ConvertColumn(column.Name, new SqlConversion($"CASE WHEN typeof({quoted}) = 'integer' THEN {quoted} * 2 ELSE {quoted} END", $"{quoted} IS 'bad'", "it is bad")),
            _ => new ConvertColumn(column.Name, new SqlConversion(database.Pick(
                [$"coalesce({quoted}, 0)", $"upper({quoted})", $"{quoted} || ''", other, $"{quoted} -- as it is", $"CASE WHEN {other} IS NULL THEN {quoted} ELSE {quoted} END", "NULL", $"max({quoted}, {other})"]))),
        };
    }

    private TableChange? CopiedOnly(ColumnSchema column) => Random.Next(table.PrimaryKey is null ? 12 : 7) switch
    {
        0 => new AddUnique(Name("unique"), [new KeyColumn(column.Name, null, false)]),
        1 => table.Uniques.IsEmpty ? null : new DropUnique(database.Pick(table.Uniques).Name, [.. table.Uniques[0].Columns.Select(part => part.Name!.Value)]),
        2 when table.PrimaryKey is not null => new DropPrimaryKey(),
        2 or > 6 => new AddPrimaryKey(Name("primary"), [new KeyColumn(column.Name, null, false)]),
        3 => new SetStrict(!table.IsStrict),
        4 => new SetWithoutRowId(!table.IsWithoutRowId),
        5 => new AddColumn($"{Fresh("column").Quoted} TEXT DEFAULT 'x'", ColumnPlace.Before(column.Name)),
        _ => new PlaceColumn(column.Name, database.Pick([ColumnPlace.First, ColumnPlace.Last])),
    };

    /// <summary>Any change, sensible or not, but none that gives rows what differs from run to run.</summary>
    private TableChange? RandomChange()
    {
        TableChange change = RandomChanges.One(database, table.Name.Name);
        return change is AddColumn add && (add.Definition.Contains("random()", StringComparison.Ordinal) || add.Definition.Contains("CURRENT", StringComparison.Ordinal)) ? null : change;
    }
}
