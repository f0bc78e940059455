using System.Reflection;
using Migrations.Testing;
using Migrations.Testing.Generation;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.RowGeneration;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class MigratedDatabaseFillTests
{
    private static readonly Assembly Shop = EmittedAssembly.Of(
        (1, migration => migration.Execute.Sql("CREATE TABLE customer (id INTEGER PRIMARY KEY, code TEXT NOT NULL)")),
        (2, migration => migration.Execute.Sql("CREATE TABLE sale (id INTEGER PRIMARY KEY, customer INTEGER NOT NULL, code TEXT, note TEXT)")),
        (3, migration => migration.Execute.Sql("""
            CREATE UNIQUE INDEX customer_code ON customer (code);
            CREATE TABLE sale2 (id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customer, code TEXT REFERENCES customer (code), note TEXT NOT NULL, agent INTEGER REFERENCES customer);
            DROP TABLE sale;
            ALTER TABLE sale2 RENAME TO sale;
            """)));

    [Test]
    public void Fill_adds_rows_to_the_applications_tables_only()
    {
        using MigratedDatabase database = MigratedDatabase.At(2, Shop);
        IReadOnlyDictionary<string, int> added = database.Fill(new GeneratedRows { PerTable = 5 });
        Assert.Multiple(() =>
        {
            Assert.That(added, Is.EquivalentTo(new Dictionary<string, int>(StringComparer.Ordinal) { ["customer"] = 5, ["sale"] = 5 }));
            Assert.That(database.Connection.Scalar<long>("SELECT count(*) FROM VersionInfo"), Is.EqualTo(2));
        });
    }

    [Test]
    public void Fill_of_a_database_whose_next_version_adds_foreign_keys_satisfies_them_and_spares_it_no_NULLs()
    {
        using MigratedDatabase after = MigratedDatabase.At(3, Shop);
        using MigratedDatabase database = MigratedDatabase.At(2, Shop);
        RowGenerator.Fill(database.Connection, new GeneratedRows(), after);
        Assert.Multiple(() =>
        {
            Assert.That(database.Connection.Scalar<long>("SELECT count(*) FROM sale WHERE customer NOT IN (SELECT id FROM customer)"), Is.Zero);
            Assert.That(database.Connection.Scalar<long>("SELECT count(*) FROM sale WHERE code NOT IN (SELECT code FROM customer)"), Is.Zero);
            Assert.That(database.Connection.Scalar<long>("SELECT count(DISTINCT code) FROM customer"), Is.EqualTo(20));
            Assert.That(database.Connection.Scalar<long>("SELECT count(*) FROM sale WHERE code IS NOT NULL"), Is.GreaterThan(5));
            Assert.That(database.Connection.Scalar<long>("SELECT count(*) FROM sale WHERE note IS NULL"), Is.GreaterThan(0));
        });
    }

    [Test]
    public void Fill_leaves_a_version_table_of_the_applications_own_name_alone()
    {
        using MigratedDatabase database = MigratedDatabase.At(1, EmittedAssembly.WithVersionTable(
            typeof(Modules.CopiedVersionTable), (1, migration => migration.Execute.Sql("CREATE TABLE t (a INTEGER); CREATE TABLE VersionInfo_app (a INTEGER)"))));
        Assert.That(database.Fill().Keys, Is.EquivalentTo(new[] { "t", "VersionInfo_app" }));
    }

    [Test]
    public void Fill_refuses_names_that_the_database_does_not_have()
    {
        using MigratedDatabase database = MigratedDatabase.At(1, Shop);
        Assert.Multiple(() =>
        {
            Assert.That(() => database.Fill(new GeneratedRows().Without("custommer")), Throws.ArgumentException.With.Message.Contains("no table \"custommer\""));
            Assert.That(() => database.Fill(new GeneratedRows().With("customer", "cod", _ => 1)), Throws.ArgumentException.With.Message.Contains("no column \"cod\""));
            Assert.That(() => RowGenerator.Fill(database.Connection, new GeneratedRows().With("sale", "code", _ => 1), after: null, database.HistoryTables), Throws.Nothing, "another version may have it");
        });
    }

    [Test]
    public void GeneratedRows_is_immutable_and_checks_its_arguments()
    {
        GeneratedRows rows = new() { PerTable = 7, Seed = 9 };
        GeneratedRows other = rows.With("t", "a", _ => 1).Without("u").Again(3, 4);
        Assert.Multiple(() =>
        {
            Assert.That((rows.GivenColumns.Count(), rows.EmptyTables.Count(), rows.PerTable, rows.Seed), Is.EqualTo((0, 0, 7, 9)));
            Assert.That((other.GivenColumns.Count(), other.EmptyTables.Count(), other.PerTable, other.Seed), Is.EqualTo((1, 1, 3, 4)));
            Assert.That(() => new GeneratedRows { PerTable = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => rows.With("", "a", _ => 1), Throws.ArgumentException);
        });
    }
}
