using Migrations.Testing;
using Migrations.Testing.Generation;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.RowGeneration;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class HardSchemaTests
{
    private const int PerTable = 20;

    public static IEnumerable<string> Names => HardSchemas.All.Keys;

    [TestCaseSource(nameof(Names))]
    public void Fill_gives_every_table_its_rows(string name)
    {
        using TestDatabase database = Load(name);
        RowGenerator.Fill(database.Connection, new GeneratedRows { PerTable = PerTable }, after: null);
        Assert.Multiple(() =>
        {
            foreach (string table in FilledDatabase.Tables(database))
            {
                Assert.That(
                    database.Scalar<long>($"SELECT count(*) FROM {TestDatabase.Quote(table)}"),
                    table.StartsWith("few", StringComparison.Ordinal) ? Is.InRange(1, PerTable + 1) : Is.GreaterThanOrEqualTo(PerTable),
                    table);
            }
        });
        Integrity.Check(database.Connection);
    }

    [TestCaseSource(nameof(Names))]
    public void Fill_with_the_same_seed_gives_the_same_rows(string name)
    {
        using TestDatabase one = Load(name);
        using TestDatabase other = Load(name);
        using TestDatabase another = Load(name);
        RowGenerator.Fill(one.Connection, new GeneratedRows(), after: null);
        RowGenerator.Fill(other.Connection, new GeneratedRows(), after: null);
        RowGenerator.Fill(another.Connection, new GeneratedRows { Seed = 2, PerTable = 7 }, after: null);
        Assert.That(DatabaseSnapshot.Of(other.Connection).DifferencesFrom(DatabaseSnapshot.Of(one.Connection)), Is.Empty);
        Integrity.Check(another.Connection);
    }

    [TestCaseSource(nameof(Names))]
    public void Fill_keeps_the_rows_that_are_there(string name)
    {
        using TestDatabase database = Load(name);
        RowGenerator.Fill(database.Connection, new GeneratedRows { PerTable = 6 }, after: null);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        RowGenerator.Fill(database.Connection, new GeneratedRows { PerTable = 6 }, after: null);
        Assert.Multiple(() =>
        {
            foreach (string table in FilledDatabase.Tables(database))
            {
                int then = before.Tables[table].Rows.Length;
                Assert.That(DatabaseSnapshot.Of(database.Connection).Tables[table].Rows, Has.Length.GreaterThanOrEqualTo(table.StartsWith("few", StringComparison.Ordinal) ? then : then + 6), table);
            }
        });
        Integrity.Check(database.Connection);
    }

    private static TestDatabase Load(string name) => TestDatabase.InMemory().Execute("PRAGMA foreign_keys = ON").Execute(HardSchemas.All[name]);
}
