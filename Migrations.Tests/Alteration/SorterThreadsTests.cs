using System.Collections.Concurrent;
using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Changes;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Alteration;

/// <summary>Indexes are sorted in several threads while a copy builds them, and only then.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class SorterThreadsTests
{
    // More than SQLite sorts at once: 250 pages.
    private const string Rows = """
        PRAGMA page_size = 512; PRAGMA cache_size = 10;
        CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) INSERT INTO t SELECT i, hex(i * 7919 % 20011) || ' is the text of row' FROM n;
        """;

    private static readonly AlterationOptions Copy = new() { Mode = RebuildMode.AlwaysCopy };

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(7)]
    public void Number_of_threads_is_the_connections_own_again(int threads)
    {
        using TestDatabase database = TestDatabase.File(JournalMode.Delete).Execute(Rows).Execute("CREATE UNIQUE INDEX i ON t(a)");
        long before = database.Scalar<long>($"PRAGMA threads = {threads}");

        TableAlterer.Alter(database.Connection, "t", [new SetNullability("a", false)], Copy);

        Assert.That(database.Scalar<long>("PRAGMA threads"), Is.EqualTo(before));
        Assert.That(database.Scalar<long>("SELECT count(*) FROM t INDEXED BY i WHERE a >= ''"), Is.EqualTo(20000));
        Integrity.Check(database.Connection);
    }

    [Test]
    public void Number_of_threads_is_the_connections_own_again_where_an_index_does_not_fit()
    {
        using TestDatabase database = TestDatabase.File(JournalMode.Delete).Execute(Rows).Execute("CREATE INDEX i ON t(a)");
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);
        database.Execute($"PRAGMA threads = 1; PRAGMA max_page_count = {database.Scalar<long>("PRAGMA page_count") + 5}");

        Assert.Throws<AlterationFailedException>(() => TableAlterer.Alter(database.Connection, "t", [new AddIndex("CREATE INDEX j ON t(a, id)")], new AlterationOptions()));

        Assert.That(database.Scalar<long>("PRAGMA threads"), Is.EqualTo(1));
        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
    }

    [TestCase("a TEXT COLLATE theirs", "a")]
    [TestCase("a TEXT", "a COLLATE theirs")]
    [TestCase("a TEXT COLLATE NOCASE", "a")]
    [TestCase("a TEXT COLLATE theirs", "(a)")]
    public void Applications_collation_is_called_on_the_thread_that_alters(string column, string indexed)
    {
        using TestDatabase database = TestDatabase.File(JournalMode.Delete);
        ConcurrentDictionary<int, bool> threads = [];
        foreach (string name in (ReadOnlySpan<string>)["theirs", "NOCASE"])
        {
            database.Connection.CreateCollation(name, (x, y) =>
            {
                threads.TryAdd(Environment.CurrentManagedThreadId, true);
                return string.CompareOrdinal(x, y);
            });
        }

        database.Execute(Rows.Replace("a TEXT", column, StringComparison.Ordinal)).Execute($"CREATE INDEX i ON t({indexed})");
        threads.Clear();

        TableAlterer.Alter(database.Connection, "t", [new SetNullability("id", false)], Copy);

        Assert.That(threads.Keys, Is.EqualTo([Environment.CurrentManagedThreadId]));
    }
}
