using FluentMigrator;
using FluentMigrator.Runner.Generators.SQLite;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Runner;

/// <summary>What FluentMigrator's own tests ask of every processor's questions about the schema, and what SQLite makes of names.</summary>
[TestFixture]
public sealed class ExistenceTests
{
    private static readonly SQLiteQuoter Quoter = new();

    [Test]
    public void Table_exists_by_name_in_any_ascii_case([Values("users", "USERS", "\"Users\"")] string name) =>
        Assert.That(Ask("CREATE TABLE Users(a)", p => p.TableExists(null, name)), Is.True);

    [Test]
    public void Table_exists_with_odd_name([Values("Test'Table", "a\"b", "a{0}b", "{", "a b", "[x]", "é")] string name)
    {
        string sql = $"CREATE TABLE {TestDatabase.Quote(name)}(a)";

        Assert.That(Ask(sql, p => p.TableExists(null, name)), Is.True);
        Assert.That(Ask(sql, p => p.TableExists("main", Quoter.Quote(name))), Is.True);
        Assert.That(Ask(sql, p => p.ColumnExists(null, name, "A")), Is.True);
    }

    [Test]
    public void Table_does_not_exist_as_view_index_other_case_beyond_ascii_or_prefix([Values("v", "ix", "É", "t_", "t%", "missing")] string name) =>
        Assert.That(Ask("CREATE TABLE tx(a); CREATE TABLE \"é\"(a); CREATE VIEW v AS SELECT 1; CREATE INDEX ix ON tx(a)", p => p.TableExists(null, name)), Is.False);

    [Test]
    public void Column_exists_also_where_it_is_generated([Values("a", "B", "c")] string column) =>
        Assert.That(
            Ask("CREATE TABLE t(a, b AS (a + 1), c AS (a + 2) STORED)", p => p.ColumnExists(null, "T", column)), Is.True);

    [Test]
    public void Column_with_odd_name_exists([Values("Test'Column", "a\"b", "{0}")] string column) =>
        Assert.That(Ask($"CREATE TABLE t({TestDatabase.Quote(column)})", p => p.ColumnExists(null, "t", column)), Is.True);

    [Test]
    public void Column_does_not_exist_without_the_column_or_the_table() => Assert.That(
        Ask("CREATE TABLE t(a); CREATE VIEW v AS SELECT 1 AS a", p => p.ColumnExists(null, "t", "b") || p.ColumnExists(null, "x", "a") || p.ColumnExists(null, "v", "a")),
        Is.False);

    [Test]
    public void Index_exists_on_its_table_only()
    {
        const string Sql = "CREATE TABLE t(\"a'b\"); CREATE TABLE u(a); CREATE INDEX \"Ix'1\" ON t(\"a'b\")";

        Assert.That(Ask(Sql, p => p.IndexExists(null, "T", "ix'1")), Is.True);
        Assert.That(Ask(Sql, p => p.IndexExists("", "u", "Ix'1") || p.IndexExists("", "t", "other") || p.IndexExists("", "x", "Ix'1")), Is.False);
    }

    [Test]
    public void Constraint_of_every_kind_exists([Values("PK'1", "uq", "Chk", "fk", "ux", "cfk")] string name)
    {
        const string Sql = """
            CREATE TABLE p(id INTEGER PRIMARY KEY);
            CREATE TABLE t(a, b, c CONSTRAINT cfk REFERENCES p, CONSTRAINT "Pk'1" PRIMARY KEY (a), CONSTRAINT uq UNIQUE (b),
                CONSTRAINT chk CHECK (a <> 'CONSTRAINT none'), CONSTRAINT fk FOREIGN KEY (b) REFERENCES p);
            CREATE UNIQUE INDEX ux ON t(b, c); CREATE INDEX ix ON t(c)
            """;

        Assert.That(Ask(Sql, p => p.ConstraintExists(null, "t", name)), Is.True);
        Assert.That(Ask(Sql, p => p.ConstraintExists(null, "p", name)), Is.False);
    }

    [Test]
    public void Constraint_does_not_exist_as_plain_index_text_or_without_table([Values("ix", "none", "missing")] string name) =>
        Assert.That(
            Ask("CREATE TABLE t(a CHECK (a <> 'CONSTRAINT none')); CREATE INDEX ix ON t(a)", p => p.ConstraintExists(null, "t", name) || p.ConstraintExists(null, "x", name)),
            Is.False);

    [Test]
    public void Default_value_exists_for_the_value_that_new_rows_get()
    {
        const string Sql = "CREATE TABLE t(a DEFAULT 'it''s', b INTEGER DEFAULT 5, c DEFAULT CURRENT_TIMESTAMP, d DEFAULT (1 + 1), e, f DEFAULT -1.5)";

        Assert.Multiple(() =>
        {
            Assert.That(Ask(Sql, p => p.DefaultValueExists(null, "T", "A", "it's")), Is.True);
            Assert.That(Ask(Sql, p => p.DefaultValueExists(null, "t", "b", 5)), Is.True);
            Assert.That(Ask(Sql, p => p.DefaultValueExists(null, "t", "b", "5")), Is.True);
            Assert.That(Ask(Sql, p => p.DefaultValueExists(null, "t", "c", SystemMethods.CurrentUTCDateTime)), Is.True);
            Assert.That(Ask(Sql, p => p.DefaultValueExists(null, "t", "d", 2)), Is.True);
            Assert.That(Ask(Sql, p => p.DefaultValueExists(null, "t", "f", -1.5)), Is.True);
            Assert.That(Ask(Sql, p => p.DefaultValueExists(null, "t", "a", "its")), Is.False);
            Assert.That(Ask(Sql, p => p.DefaultValueExists(null, "t", "b", 6)), Is.False);
            Assert.That(Ask(Sql, p => p.DefaultValueExists(null, "t", "e", 5)), Is.False);
            Assert.That(Ask(Sql, p => p.DefaultValueExists(null, "t", "x", 5)), Is.False);
            Assert.That(Ask(Sql, p => p.DefaultValueExists(null, "x", "a", 5)), Is.False);
        });
    }

    [Test]
    public void Schema_exists_for_databases_of_the_connection()
    {
        Assert.That(Ask("SELECT 1", p => p.SchemaExists("MAIN") && p.SchemaExists("temp") && p.SchemaExists("Test'Schema")), Is.True);
        Assert.That(Ask("SELECT 1", p => p.SchemaExists("dbo") || p.TableExists("dbo", "t") || p.ColumnExists("dbo", "t", "a") || p.IndexExists("dbo", "t", "i")), Is.False);
    }

    [Test]
    public void Objects_of_attached_database_exist_there_only()
    {
        const string Sql = "CREATE TABLE \"Test'Schema\".t(a DEFAULT 1, CONSTRAINT uq UNIQUE (a)); CREATE INDEX \"Test'Schema\".ix ON t(a)";

        Assert.That(
            Ask(Sql, p => p.TableExists("Test'Schema", "t") && p.ColumnExists("Test'Schema", "t", "a") && p.IndexExists("Test'Schema", "t", "ix")
                && p.ConstraintExists("Test'Schema", "t", "uq") && p.DefaultValueExists("Test'Schema", "t", "a", 1)),
            Is.True);
        Assert.That(
            Ask(Sql, p => p.TableExists(null, "t") || p.ColumnExists("main", "t", "a") || p.IndexExists(null, "t", "ix") || p.ConstraintExists(null, "t", "uq")),
            Is.False);
    }

    [Test]
    public void Sequence_never_exists() => Assert.That(Ask("SELECT 1", p => p.SequenceExists(null, "s")), Is.False);

    [Test]
    public void Read_returns_rows_of_table_with_odd_name() =>
        Assert.That(Ask("CREATE TABLE \"a'{0}\"(x); INSERT INTO \"a'{0}\" VALUES (7)", p => p.ReadTableData(null, "a'{0}").Tables[0].Rows[0][0]), Is.EqualTo(7L));

    private static T Ask<T>(string sql, Func<IMigrationProcessor, T> question)
    {
        using TestDatabase database = TestDatabase.InMemory().Attach("Test'Schema").Execute(sql);
        MigrationHistory history = new("Data Source=:memory:") { Configure = options => options.Connection = database.Connection };
        return history.Ask(question);
    }
}
