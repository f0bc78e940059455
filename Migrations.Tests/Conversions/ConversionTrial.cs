using Migrations.Core;
using Migrations.Core.Alteration;
using Migrations.Core.Alteration.Planning;
using Migrations.Core.Changes;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Conversions;

/// <summary>The same conversion by an UPDATE and by a copy: both leave the same rows, or refuse the same rows in the same words.</summary>
internal static class ConversionTrial
{
    private static readonly AlterationOptions Copy = new() { Mode = RebuildMode.AlwaysCopy };
    private static readonly AlterationOptions Update = new() { Mode = RebuildMode.NeverCopy };

    /// <summary>Runs both, and returns the database that was updated. The caller disposes it.</summary>
    public static TestDatabase AssertSame(string schema, params TableChange[] changes)
    {
        using TestDatabase copied = TestDatabase.InMemory().Execute(schema);
        TestDatabase updated = TestDatabase.InMemory().Execute(schema);
        long rows = updated.Scalar<long>("SELECT count(*) FROM t");

        AlterationResult copy = TableAlterer.Alter(copied.Connection, "t", changes, Copy);
        AlterationResult update = TableAlterer.Alter(updated.Connection, "t", changes, Update);

        Assert.That(copy.RowsCopied, Is.EqualTo(rows));
        Assert.That((update.RowsUpdated, update.RowsCopied), Is.EqualTo((rows, 0L)));
        DatabaseSnapshot.Of(updated.Connection).AssertSameAs(DatabaseSnapshot.Of(copied.Connection));
        Integrity.Check(updated.Connection);
        return updated;
    }

    /// <summary>Runs both; each refuses the same rows, and changes nothing.</summary>
    public static RowsRefusedException AssertRefused(string schema, params TableChange[] changes)
    {
        RowsRefusedException copy = Refused(schema, Strategies.Copy, changes);
        RowsRefusedException update = Refused(schema, Strategies.Native | Strategies.InPlace, changes);

        Assert.That(update.Message, Is.EqualTo(copy.Message));
        Assert.That((update.Table, update.Column, update.Count), Is.EqualTo((copy.Table, copy.Column, copy.Count)));
        Assert.That(update.Rows.Select(row => row.ToString()), Is.EqualTo(copy.Rows.Select(row => row.ToString())));
        return update;
    }

    /// <summary>Runs it as planned: it must be a copy, since an UPDATE would not do the same.</summary>
    public static TestDatabase AssertCopied(string schema, params TableChange[] changes)
    {
        TestDatabase database = TestDatabase.InMemory().Execute(schema);

        AlterationResult result = TableAlterer.Alter(database.Connection, "t", changes, new AlterationOptions());

        Assert.That(result.RowsUpdated, Is.Zero);
        Assert.That(result.RowsCopied, Is.Positive);
        Integrity.Check(database.Connection);
        return database;
    }

    private static RowsRefusedException Refused(string schema, Strategies strategies, TableChange[] changes)
    {
        using TestDatabase database = TestDatabase.InMemory().Execute(schema);
        DatabaseSnapshot before = DatabaseSnapshot.Of(database.Connection);

        RowsRefusedException refusal = Assert.Throws<RowsRefusedException>(
            () => TableAlterer.Alter(database.Connection, "t", changes, new AlterationOptions { Strategies = strategies }))!; // Throws gives it

        DatabaseSnapshot.Of(database.Connection).AssertSameAs(before);
        return refusal;
    }
}
