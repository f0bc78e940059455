using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Runner;

[TestFixture]
public sealed class PlainMigrationTests
{
    [Test]
    public void Create_table_with_inline_foreign_key_and_unique_makes_each_once()
    {
        using TestDatabase database = TestDatabase.File();
        MigrationHistory history = new MigrationHistory(database.ConnectionString).Add(m =>
        {
            m.Create.Table("p").WithColumn("id").AsInt32().PrimaryKey().Identity();
            m.Create.Table("c")
                .WithColumn("id").AsInt32().PrimaryKey()
                .WithColumn("code").AsString().Unique("ux_code")
                .WithColumn("pid").AsInt32().Nullable().ForeignKey("fk_p", "p", "id");
        });

        history.Up();

        Assert.That(database.Rows("SELECT * FROM pragma_foreign_key_list('c')"), Has.Count.EqualTo(1));
        Assert.That(database.Rows("SELECT name FROM pragma_index_list('c') WHERE \"unique\" AND origin <> 'pk'"), Is.EqualTo(new[] { new[] { "ux_code" } }));
        Assert.That(history.Alterations, Is.Empty);
        Assert.That(database.Scalar<long>("SELECT Version FROM VersionInfo"), Is.EqualTo(1));
    }

    [Test]
    public void Nothing_pending_runs_while_another_connection_holds_the_write_lock()
    {
        using TestDatabase database = TestDatabase.File();
        MigrationHistory history = new MigrationHistory(database.ConnectionString + ";Default Timeout=1")
            .Add(m => m.Create.Table("t").WithColumn("id").AsInt32().PrimaryKey());
        history.Up();
        database.Execute("BEGIN IMMEDIATE; INSERT INTO t VALUES (1)");

        Assert.That(history.Up, Throws.Nothing);
    }
}
