using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Authoring;

/// <summary>Each method of the builder, carried out on a table with rows: what SQLite then says, stores and refuses.</summary>
public sealed class AlterTableTests
{
    [Test]
    public void AddColumn_gives_rows_their_value_and_keeps_its_constraints()
    {
        using TestDatabase database = Library();

        Alter(database, table => table.AddColumn("shelf", "VARCHAR(9)", column => column
            .NotNull().Default("none").Collate("NOCASE").Check("length(shelf) < 5", "ck_shelf").ExistingRows("'s' || id").After("id")));

        Assert.That(Names(database), Is.EqualTo(new[] { "id", "shelf", "title", "pages", "state", "author" }));
        Assert.That(Column(database, "shelf"), Is.EqualTo(new object?[] { "s1", "s2", "s3" }));
        AssertFails(database, "UPDATE book SET shelf = 'too long'", "ck_shelf");
        AssertFails(database, "UPDATE book SET shelf = NULL", "NOT NULL");
        database.Execute("INSERT INTO book (id) VALUES (9)");
        Assert.That(database.Scalar<long>("SELECT shelf = 'NONE' FROM book WHERE id = 9"), Is.EqualTo(1));
    }

    [Test]
    public void AddColumn_that_is_computed_or_a_foreign_key_works_as_one()
    {
        using TestDatabase database = Library();

        Alter(database, table => table
            .AddColumn("twice", "INT", column => column.Generated("pages * 2", stored: true).First())
            .AddColumn("editor", "INTEGER", column => column
                .References("author", "id", key => key.Named("fk_editor").OnDelete(ReferentialAction.SetNull)).Before("author")));

        Assert.That(Names(database), Is.EqualTo(new[] { "twice", "id", "title", "pages", "state", "editor", "author" }));
        Assert.That(Column(database, "twice"), Is.EqualTo(new object?[] { 200L, 400L, null }));
        AssertFails(database, "UPDATE book SET editor = 99", "FOREIGN KEY");
        database.Execute("INSERT INTO author VALUES (5, 'E'); UPDATE book SET editor = 5; DELETE FROM author WHERE id = 5");
        Assert.That(Column(database, "editor"), Is.EqualTo(new object?[] { null, null, null }));
    }

    [Test]
    public void DropColumn_and_RenameColumn_keep_all_else()
    {
        using TestDatabase database = Library();

        Alter(database, table => table.DropColumn("state").RenameColumn("pages", "page count"));

        Assert.That(database.Rows("SELECT id, title, \"page count\", author FROM book"), Is.EqualTo(new object?[][]
        {
            [1L, "One", 100L, 1L], [2L, "Two", 200L, 1L], [3L, null, null, null],
        }));
        Assert.That(Names(database), Is.EqualTo(new[] { "id", "title", "page count", "author" }));
    }

    [Test]
    public void AlterColumn_changes_each_property_on_its_own()
    {
        using TestDatabase database = Library();
        database.Execute("UPDATE book SET title = 'Three' WHERE id = 3");

        Alter(database, table => table
            .AlterColumn("title", column => column.Type("VARCHAR(255)").NotNull().Collate("NOCASE").Default("it's"))
            .AlterColumn("pages", column => column.DefaultExpression("40 + 2"))
            .AlterColumn("state", column => column.DropDefault()));

        Assert.That(
            database.Rows("SELECT name, type, \"notnull\", dflt_value FROM pragma_table_info('book') WHERE name IN ('title', 'pages', 'state')"),
            Is.EqualTo(new object?[][]
            {
                ["title", "VARCHAR(255)", 1L, "'it''s'"],
                ["pages", "INTEGER", 0L, "40 + 2"],
                ["state", "TEXT", 0L, null],
            }));
        Assert.That(database.Scalar<long>("SELECT count(*) FROM book WHERE title = 'ONE'"), Is.EqualTo(1));
        database.Execute("INSERT INTO book (id) VALUES (9)");
        Assert.That(database.Rows("SELECT title, pages, state FROM book WHERE id = 9"), Is.EqualTo(new object?[][] { ["it's", 42L, null] }));
        Assert.That(Column(database, "state").Take(3), Is.EqualTo(new object?[] { "open", "closed", null }));

        Alter(database, table => table.AlterColumn("title", column => column.Nullable().DropCollation().Type(null)));
        Assert.That(database.Scalar<long>("SELECT count(*) FROM book WHERE title = 'ONE'"), Is.Zero);
        Assert.That(() => database.Execute("UPDATE book SET title = NULL"), Throws.Nothing);
        Assert.That(database.Scalar<string>("SELECT type FROM pragma_table_info('book') WHERE name = 'title'"), Is.Empty);
    }

    [Test]
    public void AlterColumn_to_NOT_NULL_over_NULL_names_the_row_and_changes_nothing()
    {
        using TestDatabase database = Library();
        string before = Sql(database);

        RowsRefusedException? refused = Assert.Throws<RowsRefusedException>(
            () => Alter(database, table => table.DropColumn("state").AlterColumn("title", column => column.NotNull())));

        Assert.That((refused!.Table, refused.Column, refused.Count), Is.EqualTo(("book", "title", 1L)));
        Assert.That(refused.Rows.Single().Key, Does.Contain("3"));
        Assert.That(Sql(database), Is.EqualTo(before));
    }

    [Test]
    public void MoveColumn_moves_names_and_values()
    {
        using TestDatabase database = Library();

        Alter(database, table => table
            .MoveColumn("author").First().MoveColumn("id").Last().MoveColumn("state").After("author").MoveColumn("pages").Before("title"));

        Assert.That(Names(database), Is.EqualTo(new[] { "author", "state", "pages", "title", "id" }));
        Assert.That(database.Rows("SELECT * FROM book WHERE id = 2"), Is.EqualTo(new object?[][] { [1L, "closed", 200L, "Two", 2L] }));
    }

    [Test]
    public void Convert_by_expression_and_by_function_change_every_row()
    {
        using TestDatabase database = Library();

        Alter(database, table => table
            .Convert("title", "upper(title) || id")
            .Convert<string?, string?>("state", text => text is null ? "?" : string.Concat(text.Reverse())));

        Assert.That(Column(database, "title"), Is.EqualTo(new object?[] { "ONE1", "TWO2", null }));
        Assert.That(Column(database, "state"), Is.EqualTo(new object?[] { "nepo", "desolc", "?" }));
    }

    [Test]
    public void Convert_by_a_function_that_a_value_does_not_fit_names_the_row_and_changes_nothing()
    {
        using TestDatabase database = Library();

        Assert.That(
            () => Alter(database, table => table.Convert("title", "'x'").Convert<long, long>("pages", pages => pages + 1)),
            Throws.InstanceOf<RowsRefusedException>().With.Message.Contains("NULL is not a Int64"));
        Assert.That(Column(database, "title"), Is.EqualTo(new object?[] { "One", "Two", null }));
    }

    [Test]
    public void Map_and_Rescale_change_every_row_or_none()
    {
        using TestDatabase database = Library();

        Alter(database, table => table.Map("state", ("open", "closed"), ("closed", "open")).Rescale("pages", 300, 100, Rounding.Nearest, nulls: -1));

        Assert.That(Column(database, "state"), Is.EqualTo(new object?[] { "closed", "open", null }));
        Assert.That(Column(database, "pages"), Is.EqualTo(new object?[] { 33L, 67L, -1L }));
        Assert.That(
            () => Alter(database, table => table.Rescale("pages", 100, 1).Map("state", ("open", 0))),
            Throws.InstanceOf<RowsRefusedException>().With.Property("Column").EqualTo("state").And.Message.Contains("closed"));
        Assert.That(Column(database, "pages"), Is.EqualTo(new object?[] { 33L, 67L, -1L }));
    }

    [Test]
    public void Primary_key_is_dropped_and_made_of_other_columns()
    {
        using TestDatabase database = Library();
        database.Execute("UPDATE book SET title = 'Three' WHERE id = 3");

        Alter(database, table => table.DropPrimaryKey().AddPrimaryKey(["title", "id"], "pk_book"));

        Assert.That(
            database.Rows("SELECT name FROM pragma_table_info('book') WHERE pk > 0 ORDER BY pk"),
            Is.EqualTo(new object?[][] { ["title"], ["id"] }));
        AssertFails(database, "INSERT INTO book (id, title) VALUES (1, 'One')", "UNIQUE");
        Assert.That(() => database.Execute("INSERT INTO book (id, title) VALUES (1, 'Other')"), Throws.Nothing);
    }

    [Test]
    public void Unique_constraints_are_added_and_dropped_by_name_and_by_columns()
    {
        using TestDatabase database = Library();

        Alter(database, table => table.AddUnique(["title"], "uq_title").AddUnique(["pages", "state"]));
        AssertFails(database, "INSERT INTO book (title) VALUES ('One')", "book.title");
        AssertFails(database, "INSERT INTO book (pages, state) VALUES (100, 'open')", "book.pages, book.state");

        Alter(database, table => table.DropUnique("uq_title").DropUnique(["pages", "state"]));
        Assert.That(() => database.Execute("INSERT INTO book (title, pages, state) VALUES ('One', 100, 'open')"), Throws.Nothing);
    }

    [Test]
    public void Checks_are_added_and_dropped_by_name_and_by_expression()
    {
        using TestDatabase database = Library();

        Alter(database, table => table.AddCheck("pages > 50", "ck_pages").AddCheck("length(title) < 9"));
        AssertFails(database, "UPDATE book SET pages = 50", "ck_pages");
        AssertFails(database, "UPDATE book SET title = 'much too long'", "CHECK");

        Alter(database, table => table.DropCheck("ck_pages").DropUnnamedCheck("length( title )<9"));
        Assert.That(() => database.Execute("UPDATE book SET pages = 50, title = 'much too long'"), Throws.Nothing);
    }

    [Test]
    public void Foreign_keys_are_added_and_dropped_by_name_and_by_columns()
    {
        using TestDatabase database = Library();
        database.Execute("CREATE TABLE page (book INTEGER, other INTEGER); INSERT INTO page VALUES (1, 2)");

        database.Connection.AlterTable("page", table => table
            .AddForeignKey("book", "book", "id", key => key.Named("fk_book").OnDelete(ReferentialAction.Cascade))
            .AddForeignKey("other", "book"));
        AssertFails(database, "UPDATE page SET book = 99", "FOREIGN KEY");
        AssertFails(database, "UPDATE page SET other = 99", "FOREIGN KEY");
        database.Execute("DELETE FROM book WHERE id = 1");
        Assert.That(database.Scalar<long>("SELECT count(*) FROM page"), Is.Zero);

        database.Connection.AlterTable("page", table => table.DropForeignKey("fk_book").DropForeignKey(["other"]));
        Assert.That(() => database.Execute("INSERT INTO page VALUES (99, 99)"), Throws.Nothing);
    }

    [Test]
    public void Table_becomes_STRICT_and_WITHOUT_ROWID_and_back()
    {
        using TestDatabase database = Library();

        Alter(database, table => table.Strict().WithoutRowId());
        Assert.That(Options(database), Is.EqualTo((1L, 1L)));
        AssertFails(database, "UPDATE book SET pages = 'many'", "cannot store TEXT");
        Assert.That(Column(database, "title"), Is.EqualTo(new object?[] { "One", "Two", null }));

        Alter(database, table => table.NotStrict().WithRowId());
        Assert.That(Options(database), Is.EqualTo((0L, 0L)));
        Assert.That(() => database.Execute("UPDATE book SET pages = 'many'"), Throws.Nothing);
    }

    [Test]
    public void Indexes_are_created_and_dropped()
    {
        using TestDatabase database = Library();

        Alter(database, table => table.CreateIndex("ix \"1\"", index => index
            .Column("title", descending: true).Expression("pages + 1").Unique().Where("pages > 0")));
        Assert.That(
            database.Rows("SELECT name, \"unique\", partial FROM pragma_index_list('book')"),
            Is.EqualTo(new object?[][] { ["ix \"1\"", 1L, 1L] }));

        Alter(database, table => table.DropIndex("ix \"1\""));
        Assert.That(database.Rows("SELECT * FROM pragma_index_list('book')"), Is.Empty);
    }

    [Test]
    public void RenameTo_renames_and_later_changes_follow()
    {
        using TestDatabase database = Library();

        Alter(database, table => table.RenameTo("volume").AddColumn("extra", "TEXT").CreateIndex("ix", index => index.Column("extra")));

        Assert.That(database.Scalar<long>("SELECT count(*) FROM volume WHERE extra IS NULL"), Is.EqualTo(3));
        Assert.That(database.Scalar<string>("SELECT tbl_name FROM sqlite_schema WHERE name = 'ix'"), Is.EqualTo("volume"));
    }

    [Test]
    public void Attached_database_is_altered_and_main_is_not()
    {
        using TestDatabase database = Library();
        database.Attach("aux").Execute("CREATE TABLE aux.book (id INTEGER PRIMARY KEY, title); INSERT INTO aux.book VALUES (1, 'aux')");

        AlterationResult result = database.Connection.AlterTable(
            "book",
            table => table.Convert("title", "title || '!'").CreateIndex("ix", index => index.Column("title")),
            new AlterationOptions { Database = "aux", Mode = RebuildMode.AlwaysCopy });

        Assert.That((result.Database, result.Table, result.RowsCopied), Is.EqualTo(("aux", "book", 1L)));
        Assert.That(database.Scalar<string>("SELECT title FROM aux.book"), Is.EqualTo("aux!"));
        Assert.That(database.Scalar<long>("SELECT count(*) FROM aux.sqlite_schema WHERE name = 'ix'"), Is.EqualTo(1));
        Assert.That(Column(database, "title"), Is.EqualTo(new object?[] { "One", "Two", null }));
    }

    [Test]
    public void Arguments_that_say_nothing_are_refused()
    {
        using TestDatabase database = Library();

        Assert.That(() => database.Connection.AlterTable("", _ => { }), Throws.ArgumentException);
        Assert.That(() => database.Connection.AlterTable("book", null!), Throws.ArgumentNullException);
        Assert.That(() => ((SqliteConnection)null!).AlterTable("book", _ => { }), Throws.ArgumentNullException);
        Assert.That(() => database.Connection.AlterTable("none", table => table.DropColumn("x")), Throws.InstanceOf<AlterationRefusedException>());
    }

    private static TestDatabase Library() => TestDatabase.InMemory().Execute("""
        CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);
        INSERT INTO author VALUES (1, 'A');
        CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT, pages INTEGER, state TEXT DEFAULT 'open', author INTEGER REFERENCES author);
        INSERT INTO book VALUES (1, 'One', 100, 'open', 1), (2, 'Two', 200, 'closed', 1), (3, NULL, NULL, NULL, NULL);
        """);

    private static void Alter(TestDatabase database, Action<TableAlterationBuilder> alter)
    {
        database.Connection.AlterTable("book", alter);
        Assert.That(database.Scalar<string>("PRAGMA integrity_check"), Is.EqualTo("ok"));
        Assert.That(database.Rows("PRAGMA foreign_key_check"), Is.Empty);
        Assert.That(database.Scalar<long>("PRAGMA foreign_keys"), Is.EqualTo(1));
    }

    private static void AssertFails(TestDatabase database, string sql, string message) => Assert.That(
        () => database.Execute(sql), Throws.InstanceOf<SqliteException>().With.Message.Contains(message));

    private static object?[] Names(TestDatabase database) =>
        [.. database.Rows("SELECT name FROM pragma_table_xinfo('book') ORDER BY cid").Select(row => row[0])];

    private static object?[] Column(TestDatabase database, string column) =>
        [.. database.Rows($"SELECT \"{column}\" FROM book ORDER BY id").Select(row => row[0])];

    private static string Sql(TestDatabase database) => database.Scalar<string>("SELECT sql FROM sqlite_schema WHERE name = 'book'");

    private static (object?, object?) Options(TestDatabase database)
    {
        object?[] row = database.Rows("SELECT strict, wr FROM pragma_table_list('book')").Single();
        return (row[0], row[1]);
    }
}
