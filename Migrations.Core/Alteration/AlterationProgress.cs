using System.Globalization;

namespace Migrations.Core;

/// <summary>
/// How far the alteration of a table has come. Reported at the beginning of every step, about every half second while a
/// statement runs or waits for another connection, and at the end of a copy or a conversion, always on the thread that alters the table. Immutable.
/// </summary>
/// <remarks>
/// Most reports come while SQLite is busy with a statement: whoever receives one must not use the connection, and should be quick.
/// What a receiver throws stops the alteration; it is rolled back, and the exception comes out of it untouched.
/// </remarks>
public sealed class AlterationProgress
{
    internal AlterationProgress(string table, string purpose, long? rowsDone, long? rows)
    {
        Table = table;
        Purpose = purpose;
        RowsDone = rowsDone;
        Rows = rows;
    }

    /// <summary>The table, by the name that it had before.</summary>
    public string Table { get; }

    /// <summary>What the step is for, in a few words: <see cref="AlterationStep.Purpose"/> for the steps of a plan.</summary>
    public string Purpose { get; }

    /// <summary>
    /// How many rows have been copied, or converted where they are; null in steps that go through no table. It never falls within such a
    /// step, whose last report gives the exact number; an alteration of several passes may go through the table more than once.
    /// </summary>
    public long? RowsDone { get; }

    /// <summary>How many rows there are to copy or to convert, null in steps that go through no table.</summary>
    public long? Rows { get; }

    /// <summary>The progress in one line.</summary>
    public override string ToString() => RowsDone is null
        ? $"{Table}: {Purpose}"
        : string.Create(CultureInfo.InvariantCulture, $"{Table}: {Purpose}: {RowsDone} of {Rows} rows");
}
