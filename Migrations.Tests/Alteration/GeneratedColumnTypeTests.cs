using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Changes;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Alteration;

public sealed class GeneratedColumnTypeTests
{
    [TestCase("REAL -- in metres\n GENERATED ALWAYS")]
    [TestCase("REAL /* INT */ GENERATED ALWAYS")]
    [TestCase("NUMERIC(1) /* INT */ GENERATED ALWAYS")]
    public void Alter_reads_a_comment_between_a_type_and_GENERATED_as_SQLite_does(string type)
    {
        using TestDatabase database = TestDatabase.InMemory();
        database.Execute($"CREATE TABLE t (a, b {type} AS (a || '') STORED); INSERT INTO t VALUES ('1.5'), ('2')");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        TableAlterer.Alter(database.Connection, "t", [], new AlterationOptions { Mode = RebuildMode.AlwaysCopy });
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
        TableAlterer.Alter(database.Connection, "t", [new SetDefault("a", "1")], new AlterationOptions());
        Assert.That(DatabaseSnapshot.Of(database.Connection).Tables["t"].DifferencesFrom(before.Tables["t"]), Is.Empty);
    }

    [TestCase("REAL -- in metres\n GENERATED ALWAYS", "STORED NOT NULL")]
    [TestCase("REAL -- in metres\n GENERATED ALWAYS", "VIRTUAL")]
    [TestCase("REAL", "")]
    public void Alter_adds_NOT_NULL_outside_a_comment_between_a_type_and_GENERATED(string type, string end)
    {
        using TestDatabase database = TestDatabase.InMemory();
        database.Execute($"CREATE TABLE t (a, b {type} AS (a || '') {end}); INSERT INTO t VALUES ('1.5'), ('2')");
        string before = database.Scalar<string>("SELECT type FROM pragma_table_xinfo('t') WHERE name = 'b'");
        TableAlterer.Alter(database.Connection, "t", [new SetNullability("b", IsNullable: false), new SetCollation("b", "NOCASE")], new AlterationOptions());
        Assert.That(() => database.Execute("INSERT INTO t (a) VALUES (NULL)"), Throws.Exception.With.Message.Contains("NOT NULL"));
        Assert.That(database.Scalar<string>("SELECT type FROM pragma_table_xinfo('t') WHERE name = 'b'"), Is.EqualTo(before));
    }
}
