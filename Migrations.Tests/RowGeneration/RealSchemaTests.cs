using Migrations.Testing;
using Migrations.Testing.Generation;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.RowGeneration;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class RealSchemaTests
{
    // CHECKs refuse NULL there.
    private static readonly string[] NeverNull = ["event_push_actions.thread_id", "event_push_actions_staging.thread_id", "event_push_summary.thread_id"];

    // What PROJ's triggers ask for is geodesy: only its makers' own rows satisfy it.
    public static IEnumerable<string> Schemas => SharedFiles.AreThere
        ? [.. SharedFiles.Files("corpus", "*.sql").Where(file => !file.Name.StartsWith("proj", StringComparison.Ordinal)).Select(file => "corpus/" + file.Name), .. SharedFiles.Files("mailu", "schema_*.sql").Select(file => "mailu/" + file.Name)]
        : ["mailu/schema_00_ff0417f4318f.sql"];

    public static IEnumerable<string> SomeSchemas => Schemas.Where((_, i) => i % 3 == 0);

    [TestCaseSource(nameof(Schemas))]
    public void Fill_gives_every_table_rows_with_NULLs_and_values_that_satisfy_all_constraints(string schema)
    {
        using TestDatabase database = Load(schema);
        bool isEmpty = FilledDatabase.Tables(database).All(table => database.Scalar<long>($"SELECT count(*) FROM {TestDatabase.Quote(table)}") == 0);
        IReadOnlyDictionary<string, int> added = RowGenerator.Fill(database.Connection, new GeneratedRows(), after: null);
        Assert.Multiple(() =>
        {
            Assert.That(FilledDatabase.Tables(database).Where(table => database.Scalar<long>($"SELECT count(*) FROM {TestDatabase.Quote(table)}") == 0), Is.Empty);
            Assert.That(added.Keys.Order(StringComparer.Ordinal), Is.EquivalentTo(FilledDatabase.Tables(database)));
            Assert.That(database.Rows("SELECT * FROM pragma_foreign_key_check"), Is.Empty);
            Assert.That(Integrity.Damage(database.Connection, "PRAGMA integrity_check"), Is.Empty);
            Assert.That(FilledDatabase.OneSided(database).Where(column => !NeverNull.Any(name => column.StartsWith(name, StringComparison.Ordinal))), Is.Empty);
            Assert.That(isEmpty ? FilledDatabase.Unlike(database) : [], Is.Empty);
        });
    }

    [TestCaseSource(nameof(SomeSchemas))]
    public void Fill_with_the_same_seed_gives_the_same_rows(string schema)
    {
        using TestDatabase one = Load(schema);
        using TestDatabase other = Load(schema);
        RowGenerator.Fill(one.Connection, new GeneratedRows { PerTable = 10, Seed = 7 }, after: null);
        RowGenerator.Fill(other.Connection, new GeneratedRows { PerTable = 10, Seed = 7 }, after: null);
        Assert.That(DatabaseSnapshot.Of(other.Connection).DifferencesFrom(DatabaseSnapshot.Of(one.Connection)), Is.Empty);
    }

    private static TestDatabase Load(string schema)
    {
        TestDatabase database = TestDatabase.InMemory().AllowDoubleQuotedStrings(schema is "corpus/mozilla-places-v15.sql" or "corpus/incus-cluster.sql");
        database.Connection.CreateFunction("now", static () => 0L);
        return database.Execute("PRAGMA foreign_keys = OFF").Execute(File.ReadAllText(SharedFiles.File(schema.Split('/')).FullName));
    }
}
