using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Changes;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Alteration;

/// <summary>The page cache is larger while rows go into a table with indexes of constraints, and only then.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class PageCacheTests
{
    private const string Enlarged = "-16384";

    [TestCase("CREATE TABLE other.t(id INTEGER PRIMARY KEY, a TEXT UNIQUE)", "-2000", Enlarged)]
    [TestCase("CREATE TABLE other.t(id INT PRIMARY KEY, a TEXT)", "100", Enlarged)]
    [TestCase("CREATE TABLE other.t(id INT, a TEXT PRIMARY KEY)", "-16383", Enlarged)]
    [TestCase("CREATE TABLE other.t(id INTEGER PRIMARY KEY, a TEXT UNIQUE)", "-50000", "-50000")]
    [TestCase("CREATE TABLE other.t(id INTEGER PRIMARY KEY, a TEXT UNIQUE)", "20000", "20000")]
    [TestCase("CREATE TABLE other.t(id INTEGER PRIMARY KEY, a TEXT)", "-2000", "-2000")]
    [TestCase("CREATE TABLE other.t(id INT PRIMARY KEY, a TEXT) WITHOUT ROWID", "-2000", "-2000")]
    public void Cache_is_larger_during_the_copy_alone(string table, string size, string during)
    {
        using TestDatabase database = Filled(table, size);
        List<long> seen = [];
        FunctionConversion look = new(value =>
        {
            seen.Add(database.Scalar<long>("PRAGMA other.cache_size"));
            return value;
        });

        TableAlterer.Alter(database.Connection, "t", [new ConvertColumn("a", look)], Copy());

        Assert.That(seen.Select(value => $"{value}"), Is.Not.Empty.And.Contains(during));
        Assert.That($"{database.Scalar<long>("PRAGMA other.cache_size")}", Is.EqualTo(size));
        Assert.That(database.Scalar<long>("PRAGMA main.cache_size"), Is.EqualTo(-1234));
        Assert.That(database.Rows("SELECT id, a FROM other.t"), Is.EqualTo(new object[][] { [1L, "x"], [2L, "y"] }));
    }

    [TestCase("-2000")]
    [TestCase("100")]
    public void Cache_is_what_it_was_where_the_copy_fails(string size)
    {
        using TestDatabase database = Filled("CREATE TABLE other.t(id INTEGER PRIMARY KEY, a TEXT UNIQUE)", size);

        Assert.Catch<MigrationsException>(() => TableAlterer.Alter(
            database.Connection, "t", [new ConvertColumn("a", new FunctionConversion(_ => throw new FormatException("not this one")))], Copy()));

        Assert.That($"{database.Scalar<long>("PRAGMA other.cache_size")}", Is.EqualTo(size));
    }

    private static AlterationOptions Copy() => new() { Mode = RebuildMode.AlwaysCopy, Database = "other" };

    private static TestDatabase Filled(string table, string size) => TestDatabase.File(JournalMode.Delete).Attach("other")
        .Execute($"{table}; INSERT INTO other.t VALUES (1, 'x'), (2, 'y'); PRAGMA main.cache_size = -1234; PRAGMA other.cache_size = {size}");
}
