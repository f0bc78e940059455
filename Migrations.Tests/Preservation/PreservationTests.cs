using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Preservation;

/// <summary>An alteration keeps everything it was not asked to change.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class PreservationTests
{
    private static IEnumerable<string> Names => PreservationCases.All.Keys;

    private static IEnumerable<string> Changing => PreservationCases.All.Values.Where(value => !value.ChangesNothing).Select(value => value.Name);

    private static IEnumerable<string> Tables => PreservationCases.All.Values.Where(value => value.ChangesNothing).Select(value => value.Table);

    [Test]
    public void Alter_by_the_planners_choice_keeps_all_else(
        [ValueSource(nameof(Changing))] string name, [Values] PreservationPlace place) =>
        AssertKeepsAllElse(PreservationCases.All[name], place, RebuildMode.Auto);

    [Test]
    public void Alter_by_copy_keeps_all_else([ValueSource(nameof(Names))] string name) =>
        AssertKeepsAllElse(PreservationCases.All[name], PreservationPlace.InMemory, RebuildMode.AlwaysCopy);

    [Test]
    public void Alter_without_a_change_writes_nothing(
        [ValueSource(nameof(Tables))] string table, [Values(RebuildMode.Auto, RebuildMode.NeverCopy)] RebuildMode mode)
    {
        using PreservationDatabase database = PreservationDatabase.Open(PreservationPlace.InMemory);
        DatabaseSnapshot before = database.Snapshot();
        long changes = database.Connection.Scalar<long>("SELECT total_changes()");
        long version = database.Connection.Scalar<long>("PRAGMA schema_version");

        AlterationResult result = TableAlterer.Alter(database.Connection, table, [], new AlterationOptions { Mode = mode });

        Assert.That(result.RowsCopied, Is.Zero);
        Assert.That(database.Connection.Scalar<long>("SELECT total_changes()"), Is.EqualTo(changes));
        Assert.That(database.Connection.Scalar<long>("PRAGMA schema_version"), Is.EqualTo(version));
        database.Snapshot().AssertSameAs(before);
    }

    private static void AssertKeepsAllElse(PreservationCase change, PreservationPlace place, RebuildMode mode)
    {
        using PreservationDatabase database = PreservationDatabase.Open(place);
        DatabaseSnapshot main = DatabaseSnapshot.Of(database.Connection);
        DatabaseSnapshot before = database.Snapshot();

        AlterationResult result = TableAlterer.Alter(
            database.Connection, change.Table, change.Changes, new AlterationOptions { Database = database.Name, Mode = mode });

        DatabaseSnapshot after = database.Snapshot();
        string? difference = EditedText.Difference(TextOf(before, change.Table), TextOf(after, change.TableAfter), change.Edits);
        Assert.That(difference, Is.Null);
        Comparable(after, change.TableAfter, change).AssertSameAs(Expected(before, after, change));
        Integrity.Check(database.Connection, database.Name);
        if (database.Name is not "main")
        {
            DatabaseSnapshot.Of(database.Connection).AssertSameAs(main);
        }

        if (mode is RebuildMode.AlwaysCopy && change.ChangesNothing)
        {
            Assert.That(result.RowsCopied, Is.EqualTo(before.Tables[change.Table].Rows.Length));
        }

        string[] except = change.ChangesNothing
            ? []
            : [.. change.ProbesChanged, $"structure of {change.Table}", $"structure of {change.TableAfter}"];
        Assert.That(database.Behaviour(except).DifferencesFrom(PreservationDatabase.BehaviourBefore, except), Is.Empty);
    }

    private static DatabaseSnapshot Expected(DatabaseSnapshot before, DatabaseSnapshot after, PreservationCase change)
    {
        // The text of the table has been compared already.
        string sql = after.Schema.Single(row => row.Type is "table" && row.Name == change.TableAfter).Sql!;
        DatabaseSnapshot expected = before
            .WithSchema(change.Others)
            .WithSchema(row => row.TableName != change.Table
                ? row
                : row.Type is "table"
                    ? row with { Name = change.TableAfter, TableName = change.TableAfter, Sql = sql }
                    : row with { TableName = change.TableAfter })
            .WithObjects(change.Added)
            .WithTables((name, rows) => name == change.Table ? (change.TableAfter, change.Rows(rows)) : (name, change.OtherRows(name, rows)));
        return Comparable(expected, change.TableAfter, change);
    }

    private static DatabaseSnapshot Comparable(DatabaseSnapshot snapshot, string table, PreservationCase change)
    {
        if (change.HidesRowIds)
        {
            snapshot = snapshot.WithTables((name, rows) => (name, name == table ? rows.WithoutRowIds().Sorted() : rows));
        }

        // SQLite numbers the indexes that it makes for keys: with other keys they, and their statistics, are others.
        return change.ChangesKeys
            ? snapshot.WithSchema(row => row.TableName == table && row.Sql is null ? null : row)
                .WithTables((name, rows) => (name, name.StartsWith("sqlite_stat", StringComparison.Ordinal)
                    ? rows.Where("idx", value => !value.StartsWith($"'sqlite_autoindex_{table}_", StringComparison.Ordinal))
                    : rows))
            : snapshot;
    }

    // The end of the text is marked, so that an edit can stand there. A copy has to leave out the table's own name where a
    // CHECK qualifies a column with it: SQLite takes it under no other name, and the rename that follows does not write it.
    private static string TextOf(DatabaseSnapshot snapshot, string table)
    {
        SchemaRow row = snapshot.Schema.Single(row => row.Type is "table" && row.Name == table);
        string text = (row with { Name = "t" }).SqlWithQuotedName + "\u0004";
        return new[] { "account.", "\"account\".", "\"renamed\"." }.Aggregate(text, (now, qualifier) => now.Replace(qualifier, "", StringComparison.Ordinal));
    }
}
