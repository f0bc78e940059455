using Migrations.Core.Changes;

namespace Migrations.Core;

/// <summary>Says where a column goes. Each method ends the sentence.</summary>
/// <typeparam name="TNext">What comes after it.</typeparam>
public sealed class ColumnMoveBuilder<TNext>
{
    private readonly Func<ColumnPlace, TNext> place;

    internal ColumnMoveBuilder(Func<ColumnPlace, TNext> place) => this.place = place;

    /// <summary>Before all other columns.</summary>
    public TNext First() => place(ColumnPlace.First);

    /// <summary>After all other columns.</summary>
    public TNext Last() => place(ColumnPlace.Last);

    /// <summary>Right after another column.</summary>
    /// <param name="column">The other column.</param>
    public TNext After(string column) => place(ColumnPlace.After(column));

    /// <summary>Right before another column.</summary>
    /// <param name="column">The other column.</param>
    public TNext Before(string column) => place(ColumnPlace.Before(column));
}
