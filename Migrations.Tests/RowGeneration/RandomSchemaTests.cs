using Migrations.Testing;
using Migrations.Testing.Generation;
using Migrations.Tests.Properties;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.RowGeneration;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class RandomSchemaTests
{
    private const int Databases = 60;

    [Test]
    public void Fill_of_a_random_database_keeps_its_rows_and_breaks_nothing()
    {
        int filled = 0;
        int tables = 0;
        PropertyRun.ForEachDatabase(Databases, 2, random =>
        {
            using TestDatabase database = random.Clone();
            IReadOnlyList<string> damage = Damage(database);
            IReadOnlyList<object?[]> violations = database.Rows("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check");
            Dictionary<string, long> before = FilledDatabase.Tables(database).ToDictionary(table => table, table => Count(database, table), StringComparer.Ordinal);
            IReadOnlyDictionary<string, int> added;
            try
            {
                added = RowGenerator.Fill(database.Connection, new GeneratedRows { PerTable = 8 }, after: null);
            }
            catch (RowsNotFoundException error)
            {
                // Chance makes tables that can't hold rows: SQLite must have refused the last one for a reason of its own.
                Assert.That(error.Reason, Is.Not.Empty);
                return;
            }

            Interlocked.Add(ref filled, added.Count(table => table.Value >= 8));
            Interlocked.Add(ref tables, added.Count);
            foreach ((string table, int rows) in added)
            {
                Assert.That(Count(database, table), Is.GreaterThanOrEqualTo(before[table] + rows), table);
            }

            Assert.That(Damage(database), Is.EqualTo(damage));
            Assert.That(database.Rows("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check"), Is.SubsetOf(violations));
        });
        if (!PropertyRun.IsOfOneSeed)
        {
            Assert.That(filled, Is.GreaterThan(tables * 9 / 10), $"of {tables} tables");
            Assert.That(tables, Is.GreaterThan(Databases * 2));
        }
    }

    // Older libraries do not hold what a STRICT table computes to its type when a row is written, only when they look for damage.
    private static IReadOnlyList<string> Damage(TestDatabase database)
    {
        string[] computed =
        [
            .. database
                .Rows("SELECT t.name || '.' || c.name FROM pragma_table_list AS t, pragma_table_xinfo(t.name) AS c WHERE t.schema = 'main' AND t.strict AND c.hidden IN (2, 3)")
                .Select(row => $" value in {row[0]}"),
        ];
        return
        [
            .. Integrity.Damage(database.Connection, "PRAGMA integrity_check")
                .Where(line => !line.StartsWith("non-", StringComparison.Ordinal) || !computed.Any(column => line.EndsWith(column, StringComparison.Ordinal))),
        ];
    }

    private static long Count(TestDatabase database, string table) => database.Scalar<long>($"SELECT count(*) FROM {TestDatabase.Quote(table)}");
}
