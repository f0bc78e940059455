using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Alteration.Planning;
using Migrations.Core.Changes;
using Migrations.Tests.Support;

namespace Migrations.Tests.NativeAlteration;

/// <summary>The same database twice: one is altered as planned, the other one by a copy. Both must come out the same.</summary>
internal static class Twin
{
    /// <summary>Alters both, compares all that is in them, and gives the plan that was carried out.</summary>
    public static AlterationPlan Alter(string setup, IReadOnlyList<TableChange> changes, Strategies? strategies = null, Action<TestDatabase>? prepare = null)
    {
        using TestDatabase planned = Database(setup, prepare);
        using TestDatabase copied = Database(setup, prepare);
        AlterationResult result = TableAlterer.Alter(planned.Connection, "t", changes, new AlterationOptions { Strategies = strategies });
        TableAlterer.Alter(copied.Connection, "t", changes, new AlterationOptions { Mode = RebuildMode.AlwaysCopy });
        Normalized(planned).AssertSameAs(Normalized(copied));
        Integrity.Check(planned.Connection);
        return result.Plans[^1];
    }

    private static TestDatabase Database(string setup, Action<TestDatabase>? prepare)
    {
        TestDatabase database = TestDatabase.InMemory();
        prepare?.Invoke(database);
        return database.Execute(setup);
    }

    /// <summary>White space between words is SQLite's own where SQLite edits the text; comments are not. A copy drops a CHECK's own qualifier.</summary>
    private static DatabaseSnapshot Normalized(TestDatabase database) => DatabaseSnapshot.Of(database.Connection)
        .WithSchema(row => row.Type == "table" ? row with { Sql = WithoutSpace(row.SqlWithQuotedName!).Replace("(t.", "(", StringComparison.Ordinal) } : row)
        .ExceptPragmas("schema_version", "page_count", "freelist_count");

    private static string WithoutSpace(string sql) => string.Concat(sql.Where(character => !char.IsWhiteSpace(character)));
}
