using CsCheck;
using Microsoft.Data.Sqlite;
using Migrations.Core.Schema;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Schema;

/// <summary>
/// Random tables, two at a time: the reading of the first agrees with SQLite, and the reading of the second is taken for
/// that of the first where SQLite tells the two apart in nothing, and only there.
/// </summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class SchemaCrossCheckFuzzTests
{
    private static readonly string[] Types = ["", "", "INTEGER", "int", "\"INTEGER\"", "TEXT", "VARCHAR(10)", "ANY", "REAL GENERATED ALWAYS"];

    private static readonly string[] ColumnConstraints =
    [
        "PRIMARY KEY", "PRIMARY KEY DESC", "PRIMARY KEY AUTOINCREMENT", "PRIMARY KEY ON CONFLICT REPLACE", "UNIQUE", "UNIQUE ON CONFLICT IGNORE",
        "NOT NULL", "NULL", "CONSTRAINT n NOT NULL ON CONFLICT FAIL", "COLLATE nocase", "COLLATE rtrim", "COLLATE \"binary\"", "DEFAULT 1", "DEFAULT - 1",
        "DEFAULT 'x'", "DEFAULT ( 'x' )", "DEFAULT x", "DEFAULT CURRENT_DATE", "AS (1)", "AS (1) STORED", "CHECK (a > 0)", "CONSTRAINT m",
        "REFERENCES p", "REFERENCES p(x) ON DELETE CASCADE", "REFERENCES t(a) ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED", "NOT DEFERRABLE",
    ];

    private static readonly string[] TableConstraints =
    [
        "PRIMARY KEY (a)", "PRIMARY KEY (a DESC)", "PRIMARY KEY (a, b)", "PRIMARY KEY (b COLLATE nocase, a, b)", "PRIMARY KEY (a, a)",
        "PRIMARY KEY (a AUTOINCREMENT)", "UNIQUE (a)", "UNIQUE (b COLLATE nocase)", "UNIQUE (b DESC, a)", "UNIQUE (a, b), UNIQUE (a, b)", "UNIQUE ((b))",
        "CHECK (b <> a)", "FOREIGN KEY (a) REFERENCES p", "FOREIGN KEY (b, a) REFERENCES p(x, y) ON DELETE SET DEFAULT", "CONSTRAINT k FOREIGN KEY (b) REFERENCES p",
    ];

    private static readonly string[] Options = ["", "", "", "STRICT", "WITHOUT ROWID", "STRICT, WITHOUT ROWID"];

    private static readonly string[] Indexes =
    [
        "", "", "CREATE INDEX i ON t(a)", "CREATE UNIQUE INDEX i ON t(a, b)", "CREATE INDEX i ON t(b COLLATE nocase DESC)",
        "CREATE INDEX i ON t(a || b)", "CREATE INDEX i ON t(a) WHERE b > 1",
    ];

    private static readonly Gen<string> Column =
        from type in OneOf(Types)
        from constraints in OneOf(ColumnConstraints).Array[0, 3]
        select $"{type} {string.Join(' ', constraints)}";

    /// <summary>Two columns, two table constraints, options and an index.</summary>
    private static readonly Gen<string[]> Parts =
        from a in Column
        from b in Column
        from first in OneOf(["", "", .. TableConstraints])
        from second in OneOf(["", "", .. TableConstraints])
        from options in OneOf(Options)
        from index in OneOf(Indexes)
        select (string[])[a, b, first, second, options, index];

    [Test]
    public void FindDifferences_is_empty_exactly_where_SQLite_sees_no_difference()
    {
        int accepted = 0;
        int alike = 0;
        Gen.Select(Parts, Parts, Gen.Int[0, 5]).Sample(
            (first, donor, changed) =>
            {
                string[] second = [.. first];
                second[changed] = donor[changed];
                using TestDatabase database = TestDatabase.InMemory().Execute("CREATE TABLE s(a INTEGER PRIMARY KEY AUTOINCREMENT)");
                if (Read(database, first) is not { } real || Read(database, second) is not { } other)
                {
                    return;
                }

                accepted++;
                Read(database, first, keep: true);
                Assert.That(
                    SchemaCrossCheck.FindDifferences(database.Connection, real.Schema, real.Table), Is.Empty, real.Table.Sql);
                bool isAlike = string.Equals(real.Told, other.Told, StringComparison.Ordinal);
                alike += isAlike ? 1 : 0;
                Assert.That(
                    SchemaCrossCheck.FindDifferences(database.Connection, other.Schema, other.Table),
                    isAlike ? Is.Empty : Is.Not.Empty,
                    $"{real.Table.Sql}\n{other.Table.Sql}");
            },
            iter: 2_000,
            threads: 1);
        TestContext.Out.WriteLine($"{accepted} pairs, {alike} of them alike");
        Assert.That(accepted, Is.GreaterThan(200));
        Assert.That(alike, Is.GreaterThan(20));
    }

    private static Gen<string> OneOf(string[] parts) => Gen.Int[0, parts.Length - 1].Select(i => parts[i]);

    private static (DatabaseSchema Schema, TableSchema Table, string Told)? Read(
        TestDatabase database, string[] parts, bool keep = false)
    {
        string constraints = string.Concat(parts[2..4].Where(part => part.Length > 0).Select(part => $", {part}"));
        database.Execute("SAVEPOINT before");
        try
        {
            database.Execute($"CREATE TABLE t(a {parts[0]}, b {parts[1]}{constraints}) {parts[4]}; {parts[5]}");
            DatabaseSchema schema = SchemaReader.Read(database.Connection, "main");
            Assert.That(schema.Unread, Is.Empty);
            (DatabaseSchema, TableSchema, string) result = (schema, schema.FindTable("t")!, Tell(database));
            database.Execute(keep ? "RELEASE before" : "ROLLBACK TO before; RELEASE before");
            return result;
        }
        catch (SqliteException)
        {
            database.Execute("ROLLBACK TO before; RELEASE before");
            return null;
        }
    }

    /// <summary>All that the pragmas tell of the table, names of automatic indexes and order of indexes aside, and whether it is AUTOINCREMENT.</summary>
    private static string Tell(TestDatabase database)
    {
        IEnumerable<string> told = database.Rows("""
            SELECT 'table', ncol, wr, strict FROM pragma_table_list('t') WHERE schema = 'main'
            UNION ALL SELECT 'column', name, lower(type), "notnull" || ' ' || coalesce(dflt_value, '-') || ' ' || pk || ' ' || hidden FROM pragma_table_xinfo('t')
            UNION ALL SELECT 'foreign key', id || ' ' || seq, "table" || ' ' || "from" || ' ' || coalesce("to", '-'), on_update || on_delete FROM pragma_foreign_key_list('t')
            """).Select(row => string.Join(' ', row));
        IEnumerable<string> indexes = database.Rows("SELECT name, \"unique\", origin, partial FROM pragma_index_list('t')")
            .Select(row => $"{(row[2] is "c" ? row[0] : "")} {row[1]} {row[2]} {row[3]} " + string.Join(
                ' ',
                database.Rows($"SELECT name, desc, upper(coll) FROM pragma_index_xinfo('{row[0]}') WHERE key").Select(column => string.Join(' ', column))))
            .Order(StringComparer.Ordinal);

        // No pragma tells of AUTOINCREMENT; in these texts the word stands for nothing else.
        bool isAutoIncrement = database.Scalar<string>("SELECT sql FROM sqlite_schema WHERE name = 't'").Contains("AUTOINCREMENT", StringComparison.Ordinal);
        return string.Join('\n', (string[])[.. told, .. indexes, $"{isAutoIncrement}"]);
    }
}
