using System.Data;
using FluentMigrator;
using FluentMigrator.Builders.Create.Index;
using FluentMigrator.Infrastructure;
using FluentMigrator.Infrastructure.Extensions;
using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Authoring;
using Migrations.Runner;
using Migrations.Tests.Support;
using Migrations.Tests.Upgrades;
using NUnit.Framework;

namespace Migrations.Tests.Runner;

/// <summary>
/// Columns that a verb names and the table does not have. FluentMigrator writes them in double quotes, and a library that takes these for strings
/// (quirks.html, section 8) would make an index of a constant, or choose all rows or none.
/// </summary>
[TestFixture(true)]
[TestFixture(false)]
[Parallelizable(ParallelScope.All)]
internal sealed class MisspeltColumnTests(bool allowsStrings)
{
    private const string Tables =
        """
        CREATE TABLE p (id INTEGER PRIMARY KEY);
        CREATE TABLE t (id INTEGER PRIMARY KEY, state TEXT, price INT);
        CREATE TABLE keyed (k TEXT PRIMARY KEY, b INT) WITHOUT ROWID;
        CREATE VIEW v AS SELECT id, state AS state FROM t;
        CREATE TABLE log (x);
        CREATE TRIGGER v_update INSTEAD OF UPDATE ON v BEGIN INSERT INTO log VALUES (new.state); END;
        INSERT INTO t VALUES (1, 'open', 10), (2, 'gone', 20), (3, NULL, 30);
        INSERT INTO keyed VALUES ('rowid', 1), ('x', 2);
        """;

    private static IEnumerable<TestCaseData> Verbs()
    {
        yield return Verb("Create.Index", m => m.Create.Index("ix").OnTable("t").OnColumn("nosuch"));
        yield return Verb("Create.Index beside columns that are there", m => m.Create.Index("ix").OnTable("t").OnColumn("state").Ascending().OnColumn("nosuch").Descending());
        yield return Verb("Create.Index.Unique", m => m.Create.Index("ix").OnTable("t").OnColumn("nosuch").Unique());
        yield return Verb("Create.Index in a schema", m => m.Create.Index("ix").OnTable("t").InSchema("main").OnColumn("nosuch"));
        yield return Verb("Create.Index of a quoted name", m => m.Create.Index("ix").OnTable("\"t\"").OnColumn("\"nosuch\""));
        yield return Verb("Create.UniqueConstraint", m => m.Create.UniqueConstraint("ix").OnTable("t").Column("nosuch"));
        yield return Verb("Create.UniqueConstraint of columns", m => m.Create.UniqueConstraint("ix").OnTable("t").Columns("id", "nosuch"));
        yield return Verb("Batch.CreateIndex", m => m.Alter.TableBatch("t", batch => batch.CreateIndex("ix", index => index.OnColumn("nosuch"))));
        yield return Verb("Batch.Alter.CreateIndex", m => m.Alter.TableBatch("t", batch => batch.Alter(table => table.CreateIndex("ix", index => index.Column("nosuch")))));
        yield return Verb("Create.Index beside another change", m =>
        {
            m.Alter.Column("price").OnTable("t").AsString();
            m.Create.Index("ix").OnTable("t").OnColumn("nosuch");
        });
        yield return Verb("Create.PrimaryKey", m => m.Create.PrimaryKey("pk").OnTable("log").Column("nosuch"), "log");
        yield return Verb("Create.ForeignKey", m => m.Create.ForeignKey("fk").FromTable("t").ForeignColumn("nosuch").ToTable("p").PrimaryColumn("id"));
        yield return Verb("Alter.Column", m => m.Alter.Column("nosuch").OnTable("t").AsInt32());
        yield return Verb("Alter.DefaultConstraint", m => m.Alter.DefaultConstraint().OnTable("t").OnColumn("nosuch").To(2));
        yield return Verb("Delete.Column", m => m.Delete.Column("nosuch").FromTable("t"));
        yield return Verb("Delete.DefaultConstraint", m => m.Delete.DefaultConstraint().OnTable("t").OnColumn("nosuch"));
        yield return Verb("Rename.Column", m => m.Rename.Column("nosuch").OnTable("t").To("other"));
        yield return Verb("Update.Column.Using", m => m.Update.Column("nosuch").OnTable("t").Using("price + 1"));
        yield return Verb("Update.Column.Map", m => m.Update.Column("nosuch").OnTable("t").Map(("open", "o")));
        yield return Verb("Update.Column.Rescale", m => m.Update.Column("nosuch").OnTable("t").Rescale(fromMax: 100, toMax: 10, Rounding.Nearest));
        yield return Verb("Update.Set", m => m.Update.Table("t").Set(new { nosuch = 1 }).Where(new { id = 1 }));
        yield return Verb("Update.Set of all rows", m => m.Update.Table("t").Set(new { nosuch = 1 }).AllRows());
        yield return Verb("Update.Set within an alteration", m =>
        {
            m.Alter.Column("price").OnTable("t").AsString();
            m.Update.Table("t").Set(new { nosuch = 1 }).AllRows();
        });
        yield return Verb("Update.Where a value", m => m.Update.Table("t").Set(new { price = 1 }).Where(new { nosuch = "nosuch" }));
        yield return Verb("Update.Where null", m => m.Update.Table("t").Set(new { price = 1 }).Where(new { id = 1, nosuch = (string?)null }));
        yield return Verb("Update.Where not null", m => m.Update.Table("t").Set(new { price = 1 }).Where(new { nosuch = RawSql.Insert("IS NOT NULL") }));
        yield return Verb("Update.Where of a date", m => m.Update.Table("t").Set(new { price = 1 }).Where(new { nosuch = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc) }));
        yield return Verb("Update.Where in a schema", m => m.Update.Table("t").InSchema("main").Set(new { price = 1 }).Where(new { nosuch = "nosuch" }));
        yield return Verb("Update.Where of a quoted name", m => m.Update.Table("t").Set(new { price = 1 }).Where(new Dictionary<string, object> { ["\"nosuch\""] = "nosuch" }));
        yield return Verb("Update.Where of a view", m => m.Update.Table("v").Set(new { state = "x" }).Where(new { nosuch = "nosuch" }), "v");
        yield return Verb("Update.Where of a row number that the table does not keep", m => m.Update.Table("keyed").Set(new { b = 3 }).Where(new { rowid = "rowid" }), "keyed", "rowid");
        yield return Verb("Delete.Row", m => m.Delete.FromTable("t").Row(new { nosuch = "nosuch" }));
        yield return Verb("Delete.Row, the second", m => m.Delete.FromTable("t").Row(new { id = 1 }).Row(new { id = 2, nosuch = 1 }));
        yield return Verb("Delete.Row not null", m => m.Delete.FromTable("t").Row(new { nosuch = RawSql.Insert("IS NOT NULL") }));
        yield return Verb("Delete.IsNull", m => m.Delete.FromTable("t").IsNull("nosuch"));
        yield return Verb("Insert.Row", m => m.Insert.IntoTable("t").Row(new { id = 4, nosuch = 1 }));
        yield return Verb("Insert.Row, the second", m => m.Insert.IntoTable("t").Row(new { id = 4 }).Row(new { id = 5, nosuch = 1 }));
    }

    private static IEnumerable<TestCaseData> RowNumbers() => new[] { "rowid", "ROWID", "_rowid_", "oid" }.Select(name => new TestCaseData(name));

    [TestCaseSource(nameof(Verbs))]
    public void Column_that_the_table_does_not_have_is_refused_and_nothing_is_changed(Action<Migration> up, string table, string column) =>
        IsRefused(up, table, column, TransactionBehavior.Default);

    [TestCaseSource(nameof(Verbs))]
    public void Column_that_the_table_does_not_have_is_refused_before_anything_is_changed_without_a_transaction(Action<Migration> up, string table, string column) =>
        IsRefused(up, table, column, TransactionBehavior.None);

    [TestCaseSource(nameof(RowNumbers))]
    public void Row_number_can_not_be_indexed_and_is_no_string(string name) => IsRefused(
        m => m.Create.Index("ix").OnTable("t").OnColumn(name), "t", name, TransactionBehavior.Default);

    [TestCaseSource(nameof(RowNumbers))]
    public void Row_number_chooses_rows_and_can_be_given(string name)
    {
        using TestDatabase database = Migrated(m =>
        {
            m.Update.Table("t").Set(new { price = 11 }).Where(Named(name, 1));
            m.Delete.FromTable("t").Row(Named(name, 2));
            m.Insert.IntoTable("t").Row(Named(name, 9));
        });

        Assert.That(database.Rows("SELECT id, price FROM t"), Is.EqualTo(new object?[][] { [1L, 11L], [3L, 30L], [9L, null] }));
    }

    [Test]
    public void Column_named_as_the_row_number_is_a_column()
    {
        using TestDatabase database = Migrated(
            m =>
            {
                m.Create.Index("ix").OnTable("own").OnColumn("rowid");
                m.Update.Table("own").Set(new { a = 5 }).Where(new { rowid = "y" });
            },
            "CREATE TABLE own (rowid TEXT, a); INSERT INTO own VALUES ('x', 1), ('y', 2)");

        Assert.That(database.Rows("SELECT a FROM own"), Is.EqualTo(new object[][] { [1L], [5L] }));
        Assert.That(database.Rows("SELECT cid, name FROM pragma_index_info('ix')"), Is.EqualTo(new object[][] { [0L, "rowid"] }));
    }

    [Test]
    public void Columns_are_found_in_any_ascii_case_generated_hidden_and_with_odd_names()
    {
        using TestDatabase database = Migrated(
            m =>
            {
                m.Create.Index("ix").OnTable("ODD").OnColumn("B").Ascending().OnColumn("a\"b").Ascending().OnColumn("'c'").Descending();
                m.Update.Table("odd").Set(Named("A\"B", 7)).Where(new { B = 2 });
                m.Insert.IntoTable("odd").Row(Named("'C'", 5));
                m.Insert.IntoTable("words").Row(new { x = "one two" });
                m.Insert.IntoTable("words").Row(new { words = "optimize" });
            },
            "CREATE TABLE odd (\"a\"\"b\" INT, \"'c'\" INT, b AS (\"'c'\" + 1)); INSERT INTO odd VALUES (0, 1), (0, 2); CREATE VIRTUAL TABLE words USING fts5(x)");

        Assert.That(database.Rows("SELECT * FROM odd"), Is.EqualTo(new object?[][] { [7L, 1L, 2L], [0L, 2L, 3L], [null, 5L, 6L] }));
        Assert.That(database.Scalar<long>("SELECT count(*) FROM words WHERE words MATCH 'two'"), Is.EqualTo(1));
    }

    [Test]
    public void View_takes_what_its_trigger_takes()
    {
        using TestDatabase database = Migrated(m => m.Update.Table("v").Set(new { state = "x" }).Where(new { id = 3 }));

        Assert.That(database.Rows("SELECT x FROM log"), Is.EqualTo(new object[][] { ["x"] }));
    }

    [Test]
    public void Column_of_the_same_migration_is_there_and_one_that_it_takes_away_is_not()
    {
        using TestDatabase database = Migrated(m =>
        {
            m.Create.Table("fresh").WithColumn("id").AsInt32().PrimaryKey().WithColumn("code").AsString().Unique();
            m.Create.Index("ix_fresh").OnTable("fresh").OnColumn("code").Descending();
            m.Insert.IntoTable("fresh").Row(new { id = 1, code = "x" });
            m.Rename.Column("state").OnTable("t").To("status");
            m.Create.Column("added").OnTable("t").AsInt32().Nullable();
            m.Update.Table("t").Set(new { added = 1 }).Where(new { status = "open" });
            m.Create.Index("ix").OnTable("t").OnColumn("added");
        });
        Assert.That(database.Rows("SELECT id FROM t WHERE added = 1"), Is.EqualTo(new object[][] { [1L] }));

        IsRefused(
            m =>
            {
                m.Rename.Column("state").OnTable("t").To("status");
                m.Update.Table("t").Set(new { price = 0 }).Where(new { state = RawSql.Insert("IS NOT NULL") });
            },
            "t", "state", TransactionBehavior.Default);
    }

    [Test]
    public void Sql_of_the_author_stays_as_it_is()
    {
        using TestDatabase database = Migrated(m =>
        {
            m.Update.Table("t").Set(Named("", RawSql.Insert("\"price\" = price + 1"))).Where(Named("", RawSql.Insert("length(state) = 4")));
            m.Update.Table("t").Set(new { price = 0 }).Where(Named("\"t\".\"state\"", RawSql.Insert("IS NULL")));
        });

        Assert.That(database.Rows("SELECT price FROM t"), Is.EqualTo(new object[][] { [11L], [21L], [0L] }));
    }

    [Test]
    public void Triggers_with_strings_in_double_quotes_fire_as_before()
    {
        using TestDatabase database = TestDatabase.File().AllowDoubleQuotedStrings().Execute(Tables + """
            CREATE TRIGGER t_update AFTER UPDATE ON t BEGIN INSERT INTO log VALUES ("updated"); END;
            CREATE TRIGGER t_delete AFTER DELETE ON t BEGIN INSERT INTO log VALUES ("deleted"); END;
            """);
        MigrationHistory history = History(database).Add(m =>
        {
            m.Create.Index("ix").OnTable("t").OnColumn("price");
            m.Update.Table("t").Set(new { price = 1 }).Where(new { id = 1 });
            m.Delete.FromTable("t").Row(new { id = 2 });
        });
        if (!allowsStrings)
        {
            Assert.That(history.Up, Throws.Exception.With.InnerException.TypeOf<SqliteException>().And.Message.Contains("updated"));
            return;
        }

        history.Up();
        Assert.That(database.Rows("SELECT x FROM log"), Is.EqualTo(new object[][] { ["updated"], ["deleted"] }));
    }

    [TestCase("filter")]
    [TestCase("batch filter")]
    [TestCase("expression")]
    public void Misspelt_name_in_the_sql_of_an_index_is_no_string(string use)
    {
        using TestDatabase database = TestDatabase.File().Execute(Tables);
        MigrationHistory history = History(database).Add(m => m.Execute.Sql("SELECT 1")).Up();
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        history.Add(m =>
        {
            switch (use)
            {
                case "filter":
                    ICreateIndexOnColumnSyntax index = m.Create.Index("ix").OnTable("t").OnColumn("id").Ascending();
                    ((ISupportAdditionalFeatures)index.WithOptions()).SetAdditionalFeature("SqlServerIndexFilter", "\"nosuch\" > 1");
                    break;
                case "batch filter":
                    m.Alter.TableBatch("t", batch => batch.Alter(table => table.CreateIndex("ix", one => one.Column("id").Where("\"nosuch\" > 1"))));
                    break;
                default:
                    m.Alter.TableBatch("t", batch => batch.Alter(table => table.CreateIndex("ix", one => one.Expression("lower(\"nosuch\")"))));
                    break;
            }
        });

        Assert.That(history.Up, Throws.Exception.With.Message.Match("no such column: \"?nosuch"));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
    }

    [Test]
    public void Strings_are_allowed_after_an_index_as_before_it()
    {
        List<bool> allowed = [];
        using TestDatabase database = Migrated(m =>
        {
            m.Create.Index("ix").OnTable("t").OnColumn("state");
            m.Execute.WithConnection((connection, transaction) =>
            {
                using IDbCommand command = connection.CreateCommand();
                command.Transaction = transaction;
                foreach (string sql in (string[])["CREATE INDEX other ON t (\"a string\")", "SELECT \"a string\""])
                {
                    command.CommandText = sql;
                    allowed.Add(Allows(command));
                }
            });
        });

        Assert.That(allowed, Is.EqualTo(new[] { allowsStrings, allowsStrings }));
    }

    [Test]
    public void Table_that_is_not_there_leaves_SQLites_own_error()
    {
        using TestDatabase database = TestDatabase.File().Execute(Tables);

        foreach (Action<Migration> up in (Action<Migration>[])
        [
            m => m.Create.Index("ix").OnTable("gone").OnColumn("a"),
            m => m.Update.Table("gone").Set(new { a = 1 }).Where(new { b = 2 }),
            m => m.Delete.FromTable("gone").InSchema("main").Row(new { b = 2 }),
            m => m.Insert.IntoTable("gone").Row(new { b = 2 }),
        ])
        {
            Assert.That(() => History(database).Add(up).Up(), Throws.Exception.With.Message.Contains("no such table").And.Message.Contains("gone"));
        }
    }

    [Test]
    public void View_that_does_not_compile_and_database_that_is_not_there_leave_SQLites_own_error()
    {
        using TestDatabase database = TestDatabase.File().Execute(Tables + "CREATE VIEW broken AS SELECT x FROM gone;");

        Assert.That(
            () => History(database).Add(m => m.Delete.FromTable("broken").Row(new { b = 2 })).Up(), Throws.Exception.With.Message.Contains("no such table: main.gone"));
        Assert.That(
            () => History(database).Add(m => m.Delete.FromTable("t").InSchema("nowhere").Row(new { id = 2 })).Up(), Throws.Exception.With.Message.Contains("nowhere"));
    }

    [Test]
    public void Columns_are_those_of_the_table_that_the_statement_means()
    {
        using TestDatabase database = TestDatabase.File().Execute(Tables).Attach("side").Execute("CREATE TABLE side.t (a, side_only); INSERT INTO side.t VALUES (1, 2)")
            .Execute("CREATE TABLE side.alone (b); INSERT INTO side.alone VALUES (1)");
        string path = database.Scalar<string>("SELECT file FROM pragma_database_list WHERE name = 'side'");
        MigrationHistory history = History(database, connection => connection.Execute($"ATTACH '{path}' AS side"));

        history.Add(m =>
        {
            m.Create.Index("ix").OnTable("t").InSchema("side").OnColumn("side_only");
            m.Update.Table("t").InSchema("side").Set(new { a = 5 }).Where(new { side_only = 2 });
            m.Update.Table("alone").Set(new { b = 6 }).Where(new { b = 1 });
        }).Up();
        Assert.That(database.Rows("SELECT a FROM side.t UNION ALL SELECT b FROM side.alone"), Is.EqualTo(new object[][] { [5L], [6L] }));

        history.Add(m => m.Update.Table("t").Set(new { price = 5 }).Where(new { side_only = RawSql.Insert("IS NOT NULL") }));
        Assert.That(history.Up, Throws.TypeOf<AlterationRefusedException>().With.Message.Contains("\"t\" has no column \"side_only\""));
        Assert.That(database.Scalar<long>("SELECT count(*) FROM t WHERE price = 5"), Is.Zero);
    }

    [Test]
    public void Preview_says_what_would_be_refused_and_goes_on()
    {
        using TestDatabase database = TestDatabase.File().Execute(Tables);
        MigrationHistory history = History(database);
        history.IsPreview = true;

        history.Add(m =>
        {
            m.Create.Index("ix").OnTable("t").OnColumn("nosuch");
            m.Update.Table("t").Set(new { price = 1 }).Where(new { id = 1 });
        }).Up();

        Assert.That(string.Join("\n", history.Log.Lines), Does.Contain("Table \"t\" has no column \"nosuch\"").And.Contain("UPDATE \"t\" SET \"price\" = 1"));
    }

    [Test]
    public async Task UpgradeAsync_names_the_column_the_statement_and_the_migration()
    {
        using UpgradeFile file = new();
        MigrationAssembly migrations = new MigrationAssembly().Add(1, Tables);
        await file.UpgradeAsync(migrations, options => options.ConnectionOpened = Configure);
        DatabaseSnapshot before = file.Snapshot();
        migrations.Add(2, m => m.Delete.FromTable("t").Row(new { nosuch = RawSql.Insert("IS NOT NULL") }));

        UpgradeFailedException failure = (await Assert.ThrowsAsync<UpgradeFailedException>(
            () => file.UpgradeAsync(migrations, options => options.ConnectionOpened = Configure)))!;

        Assert.That(failure.InnerException, Is.TypeOf<AlterationRefusedException>());
        Assert.That(failure.Message, Does.Contain("Table \"t\" has no column \"nosuch\""));
        Assert.That(failure.Statement, Does.StartWith("DELETE FROM \"t\" WHERE \"nosuch\" IS NOT NULL"));
        Assert.That(failure.Failed!.Version, Is.EqualTo(2));
        file.Snapshot().AssertSameAs(before);
    }

    private void IsRefused(Action<Migration> up, string table, string column, TransactionBehavior behaviour)
    {
        using TestDatabase database = TestDatabase.File().Execute(Tables);
        MigrationHistory history = History(database).Add(m => m.Execute.Sql("SELECT 1")).Up();
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        history.Add(up, behaviour: behaviour);

        AlterationRefusedException refused = Assert.Throws<AlterationRefusedException>(() => history.Up())!;

        Assert.That(refused.Table, Is.EqualTo(table));
        Assert.That(refused.ObjectName, Is.EqualTo(column));
        Assert.That(refused.Message, Is.EqualTo($"Table \"{table}\" has no column \"{column}\". Check the name against the table as it is at this point of the migration."));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
    }

    private TestDatabase Migrated(Action<Migration> up, string sql = "")
    {
        TestDatabase database = TestDatabase.File().AllowDoubleQuotedStrings(allowsStrings).Execute(Tables + sql);
        History(database).Add(up).Up();
        return database;
    }

    private MigrationHistory History(TestDatabase database, Action<SqliteConnection>? opened = null) => new(database.ConnectionString)
    {
        Configure = options => options.ConnectionOpened = connection =>
        {
            Configure(connection);
            opened?.Invoke(connection);
        },
    };

    private void Configure(SqliteConnection connection) => TestDatabase.AllowDoubleQuotedStrings(connection, allowsStrings);

    private static bool Allows(IDbCommand command)
    {
        try
        {
            command.ExecuteNonQuery();
            return true;
        }
        catch (SqliteException error) when (error.Message.Contains("no such column", StringComparison.Ordinal))
        {
            return false;
        }
    }

    private static Dictionary<string, object> Named(string name, object value) => new() { [name] = value };

    private static TestCaseData Verb(string name, Action<Migration> up, string table = "t", string column = "nosuch") =>
        new TestCaseData(up, table, column).SetArgDisplayNames(name);
}
