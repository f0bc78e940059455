using System.Globalization;
using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Preservation;

/// <summary>Changes of one alteration mean what they mean one after another: random rows of changes are held against that.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class SequenceTests
{
    private const string Sql = """
        CREATE TABLE p(id INTEGER PRIMARY KEY, n TEXT);
        CREATE TABLE t(
          id INTEGER PRIMARY KEY AUTOINCREMENT, -- the key
          a TEXT DEFAULT 'a' /* first */,
          b INT NOT NULL DEFAULT 5 CONSTRAINT b_small CHECK (t.b < 100),
          c NUMERIC, d BLOB UNIQUE,
          p_id INT CONSTRAINT p_fk REFERENCES p(id) ON DELETE CASCADE,
          g INT AS (b * 2),
          CONSTRAINT a_and_b UNIQUE (a, b), CHECK (c <> 7)
        );
        CREATE TABLE child(t_id INT REFERENCES t(id) ON DELETE SET NULL);
        CREATE TABLE log(x);
        CREATE INDEX by_c ON t(c DESC);
        CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.id); END;
        INSERT INTO p VALUES (1, 'one'), (2, 'two');
        INSERT INTO t(id, a, b, c, d, p_id) VALUES (1, 'x', 1, 1.5, x'00', 1), (4, 'y', 2, NULL, NULL, 2), (9, 'Z', 30, 8, 'text', NULL), (12, NULL, 4, 9007199254740993, 5, 1);
        DELETE FROM t WHERE id = 12;
        INSERT INTO child VALUES (1), (4), (NULL);
        ANALYZE;
        """;

    private static readonly Func<Random, TableChange>[] Changes =
    [
        random => new RenameColumn(Column(random), Column(random)),
        random => new RenameColumn(Column(random), Pick(random, "q", "r", "new name")!),
        random => new DropColumn(Column(random)),
        random => new AddColumn($"{Name(random)} INT DEFAULT {random.Next(9)}", Place(random)),
        random => new AddColumn($"{Name(random)} TEXT", Place(random), $"{Name(random)} || '+'"),
        random => new AddColumn($"{Name(random)} TEXT NOT NULL", Place(random), $"coalesce({Name(random)}, 'none')"),
        random => new SetDefault(Column(random), Pick(random, "1", "'x'", "(1 + 1)", "NULL", null)),
        random => new SetNullability(Column(random), random.Next(2) == 0),
        random => new SetType(Column(random), Pick(random, "TEXT", "INT", "BLOB", "REAL", null)),
        random => new SetCollation(Column(random), random.Next(2) == 0 ? (SqlIdentifier?)null : new SqlIdentifier("NOCASE")),
        random => new PlaceColumn(Column(random), Place(random)),
        random => new ConvertColumn(Column(random), new SqlConversion(Pick(random, "lower(a)", "b + 1", "a || b", "NULL", "c")!)),
        random => new ConvertColumn(Column(random), new SqlConversion($"{Name(random)} || '!'")),
        random => new ConvertColumn(Column(random), new FunctionConversion(value => value is string text ? text + "?" : value)),
        random => new AddCheck(Pick(random, "k1", "k2", null) is { } name ? (SqlIdentifier?)new SqlIdentifier(name) : null, $"{Name(random)} IS NOT 12345"),
        random => new DropCheck("b_small", null),
        random => new DropCheck(null, "c <> 7"),
        random => new DropUnique("a_and_b", []),
        random => new DropUnique(null, ["d"]),
        random => new AddUnique(Pick(random, "u1", null) is { } name ? (SqlIdentifier?)new SqlIdentifier(name) : null, [new KeyColumn(Column(random), null, false)]),
        random => new DropForeignKey("p_fk", []),
        random => new AddForeignKey("fk2", [Column(random)], "p", ["id"]),
        random => new AddIndex($"CREATE INDEX i{random.Next(3).ToString(CultureInfo.InvariantCulture)} ON t({Name(random)})"),
        random => new DropIndex(Pick(random, "by_c", "i0", "i1")!),
        random => new SetWithoutRowId(random.Next(2) == 0),
        random => new DropPrimaryKey(),
        random => new AddPrimaryKey(null, [new KeyColumn(Column(random), null, false)], random.Next(2) == 0),
        _ => new SetStrict(true),
    ];

    [Test]
    public void Changes_at_once_are_the_changes_one_by_one([Range(1, 6)] int block)
    {
        int compared = 0;
        for (int seed = block * 1000; seed < (block * 1000) + 60; seed++)
        {
            Random random = new(seed);
            TableChange[] changes = [.. Enumerable.Range(0, random.Next(2, 6)).Select(_ => Changes[random.Next(Changes.Length)](random))];
            (DatabaseSnapshot? oneByOne, MigrationsException? refused) = Run([.. changes.Select(change => new[] { change })]);
            (DatabaseSnapshot? atOnce, MigrationsException? refusedAtOnce) = Run([changes]);
            string story = $"seed {seed}: {string.Join("; ", changes.Select(change => change.ToString()))}";
            if (oneByOne is not null)
            {
                Assert.That(refusedAtOnce, Is.Null, () => $"{story}\n{refusedAtOnce}");
                Assert.That(Comparable(atOnce!).DifferencesFrom(Comparable(oneByOne)), Is.Empty, story); // not refused, so it is there
                compared++;
            }
            else
            {
                // What stands in the way halfway may be gone at the end; the other way round it is refused by name.
                Assert.That(refused, Is.Not.InstanceOf<SchemaMismatchException>().And.Not.InstanceOf<SqlSyntaxException>(), () => $"{story}\n{refused}");
                Assert.That(refusedAtOnce, Is.Not.InstanceOf<SchemaMismatchException>().And.Not.InstanceOf<SqlSyntaxException>(), () => $"{story}\n{refusedAtOnce}");
            }
        }

        Assert.That(compared, Is.GreaterThan(0));
    }

    private static (DatabaseSnapshot? Snapshot, MigrationsException? Refusal) Run(IReadOnlyList<TableChange[]> alterations)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute("PRAGMA foreign_keys = ON").Execute(Sql);
        foreach (TableChange[] changes in alterations)
        {
            DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
            try
            {
                TableAlterer.Alter(database.Connection, "t", changes, new AlterationOptions());
            }
            catch (MigrationsException exception)
            {
                DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
                return (null, exception);
            }
        }

        Integrity.Check(database.Connection);
        return (DatabaseSnapshot.Of(database.Connection), null);
    }

    private static SqlIdentifier Column(Random random) => new(Name(random));

    private static string Name(Random random) => Pick(random, "id", "a", "b", "c", "d", "p_id", "g", "q", "r")!; // none of them is null

    private static ColumnPlace Place(Random random) => random.Next(4) switch
    {
        0 => ColumnPlace.First,
        1 => ColumnPlace.After(Column(random)),
        2 => ColumnPlace.Before(Column(random)),
        _ => ColumnPlace.Last,
    };

    private static string? Pick(Random random, params string?[] values) => values[random.Next(values.Length)];

    private static string Normalized(string sql) =>
        string.Concat(sql.Replace("t.b", "b", StringComparison.Ordinal).Where(c => !char.IsWhiteSpace(c)));

    // A copy leaves the table's own name out of its checks, and the statistics of what it makes anew may be gone.
    private static DatabaseSnapshot Comparable(DatabaseSnapshot snapshot) => snapshot
        .WithSchema(row => row with { Sql = row.Sql is null ? null : Normalized(row.SqlWithQuotedName!) })
        .WithTables((name, rows) => (name, name.StartsWith("sqlite_stat", StringComparison.Ordinal) ? rows.Where("tbl", table => table != "'t'") : rows));
}
