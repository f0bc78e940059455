using Migrations.Core;
using Migrations.Runner.Drafting;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Drafting;

/// <summary>What a draft tells besides its text, and what it does where rows are in the way.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class MigrationDrafterTests
{
    [Test]
    public void Draft_of_equal_schemas_is_empty()
    {
        using TestDatabase current = TestDatabase.InMemory().Execute("CREATE TABLE t (a INT DEFAULT (1)); CREATE INDEX ix ON t (a)");
        using TestDatabase wanted = TestDatabase.InMemory().Execute("create table \"t\" (\"a\" int default 1); create index ix on t (\"a\")");
        MigrationDraft draft = DraftProof.Draft(current.Connection, wanted.Connection);
        Assert.That(draft.IsEmpty, draft.Code);
    }

    [Test]
    public void Draft_leaves_tables_of_the_history_alone()
    {
        using TestDatabase current = TestDatabase.InMemory().Execute("CREATE TABLE VersionInfo (Version INT); CREATE INDEX uc ON VersionInfo (Version)");
        using TestDatabase wanted = TestDatabase.InMemory();
        Assert.That(DraftProof.Draft(current.Connection, wanted.Connection).IsEmpty);
    }

    [Test]
    public void Draft_tells_what_it_leaves_and_changes_the_rest()
    {
        using TestDatabase current = TestDatabase.InMemory().Execute("CREATE TABLE t (a TEXT UNIQUE, b INT)");
        using TestDatabase wanted = TestDatabase.InMemory().Execute("CREATE TABLE t (a TEXT UNIQUE ON CONFLICT REPLACE, b INT DEFAULT 1)");
        MigrationDraft draft = DraftProof.Hold(current.Connection, wanted.Connection);
        Assert.That(draft.LeftByUp.Select(difference => difference.Kind), Is.EqualTo(new[] { SchemaDifferenceKind.Constraint }));
        Assert.That(draft.LeftByDown, Is.Empty);
    }

    [Test]
    public void Draft_of_a_text_that_cannot_be_read_throws()
    {
        using TestDatabase current = TestDatabase.InMemory().Execute(
            "CREATE TABLE t (a INT); PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE t (a INT' WHERE name = 't'");
        using TestDatabase wanted = TestDatabase.InMemory();
        Assert.That(() => DraftProof.Draft(current.Connection, wanted.Connection), Throws.InstanceOf<MigrationsException>());
    }

    [Test]
    public void Drafted_rename_keeps_the_rows()
    {
        using TestDatabase current = TestDatabase.InMemory().Execute("CREATE TABLE t (a INT, old_column TEXT); INSERT INTO t VALUES (1, 'kept')");
        using TestDatabase wanted = TestDatabase.InMemory().Execute("CREATE TABLE t (a INT, new_column TEXT)");
        DraftProof.Hold(current.Connection, wanted.Connection, afterUp: reached =>
            Assert.That(reached.Rows("SELECT new_column FROM t"), Is.EqualTo(new object?[][] { ["kept"] })));
    }

    [TestCase("CREATE TABLE t (a INT, b INT NOT NULL)", "b")]
    [TestCase("CREATE TABLE t (a INT NOT NULL)", "a")]
    public void Drafted_NOT_NULL_refuses_rows_and_invents_no_value(string wantedTable, string column)
    {
        using TestDatabase current = TestDatabase.InMemory().Execute("CREATE TABLE t (a INT); INSERT INTO t VALUES (NULL)");
        using TestDatabase wanted = TestDatabase.InMemory().Execute(wantedTable);
        Assert.That(
            () => DraftProof.Hold(current.Connection, wanted.Connection),
            Throws.InvalidOperationException.With.Message.Contains("Up failed").And.Message.Contains($"\"{column}\""));
    }

    [Test]
    public void Drafted_table_with_a_foreign_key_to_a_new_key_comes_after_it()
    {
        using TestDatabase current = TestDatabase.InMemory().Execute("CREATE TABLE parent (id INT, code TEXT); CREATE TABLE child (id INT)");
        using TestDatabase wanted = TestDatabase.InMemory().Execute(
            "CREATE TABLE child (id INT REFERENCES parent (id)); CREATE TABLE other (code TEXT REFERENCES parent (code)); "
            + "CREATE TABLE parent (id INT PRIMARY KEY, code TEXT); CREATE UNIQUE INDEX code ON parent (code)");
        MigrationDraft draft = DraftProof.Hold(current.Connection, wanted.Connection);
        Assert.That(draft.LeftByUp.Concat(draft.LeftByDown), Is.Empty);
    }

    [Test]
    public void Drafted_tables_in_a_circle_come_and_go()
    {
        using TestDatabase current = TestDatabase.InMemory();
        using TestDatabase wanted = TestDatabase.InMemory().Execute(
            "CREATE TABLE a (id INTEGER PRIMARY KEY, b INT REFERENCES b); CREATE TABLE b (id INTEGER PRIMARY KEY, a INT REFERENCES a)");
        MigrationDraft draft = DraftProof.Hold(current.Connection, wanted.Connection);
        Assert.That(draft.Up, Has.Length.EqualTo(2));
    }
}
