using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Changes;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.InPlace;

/// <summary>Defaults that SQLite stores without a look at their functions, and then refuses at every INSERT that needs them.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class DefaultTests
{
    private const string Sql = "CREATE TABLE t(id INTEGER PRIMARY KEY, d INT DEFAULT 12, other INT DEFAULT (no_such_function(1))); INSERT INTO t VALUES (1, 2, 3)";

    [Test]
    public void Default_that_no_row_could_take_is_refused_before_a_write(
        [Values("(no_such_function(1))", "(abs(1, 2, 3))", "(count(*))", "(1 + no_such_function())")] string value, [Values] RebuildMode mode, [Values] bool isAdded)
    {
        using TestDatabase accepted = TestDatabase.InMemory().Execute($"CREATE TABLE t(id INTEGER PRIMARY KEY, d INT DEFAULT {value})");
        Assert.That(() => accepted.Execute("INSERT INTO t(id) VALUES (1)"), Throws.InstanceOf<Microsoft.Data.Sqlite.SqliteException>(), "SQLite stores it and can't use it");
        using TestDatabase database = TestDatabase.InMemory().Execute(Sql);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        long changes = database.Scalar<long>("SELECT total_changes()");
        TableChange change = isAdded ? new AddColumn($"added INT DEFAULT {value}") : new SetDefault("d", value);

        Assert.That(
            () => TableAlterer.Alter(database.Connection, "t", [change], new AlterationOptions { Mode = mode }),
            Throws.InstanceOf<AlterationRefusedException>());

        Assert.That(database.Scalar<long>("SELECT total_changes()"), Is.EqualTo(changes));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
    }

    [Test]
    public void Default_that_rows_can_take_is_set(
        [Values("(abs(-3))", "(datetime('now'))", "CURRENT_TIMESTAMP", "(1 + 2)", "word", "\"word\"", "TRUE", "-3", "(x'00')", "NULL", "('a' || 'b' COLLATE NOCASE)")] string value, [Values] RebuildMode mode)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Sql);

        TableAlterer.Alter(database.Connection, "t", [new SetDefault("d", value)], new AlterationOptions { Mode = mode });

        Assert.That(() => database.Execute("INSERT INTO t(other) VALUES (1)"), Throws.Nothing);
        Assert.That(database.Scalar<long>("SELECT d FROM t WHERE id = 1"), Is.EqualTo(2));
    }

    [Test]
    public void Default_that_was_there_stays_whatever_it_calls([Values] RebuildMode mode)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(Sql);

        TableAlterer.Alter(database.Connection, "t", [new SetDefault("d", "80")], new AlterationOptions { Mode = mode });

        Assert.That(database.Scalar<string>("SELECT dflt_value FROM pragma_table_info('t') WHERE name = 'other'"), Is.EqualTo("no_such_function(1)"));
        Assert.That(database.Scalar<long>("INSERT INTO t(other) VALUES (1) RETURNING d"), Is.EqualTo(80));
    }
}
