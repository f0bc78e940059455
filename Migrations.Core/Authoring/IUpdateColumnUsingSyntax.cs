using FluentMigrator.Infrastructure;

namespace Migrations.Core.Authoring;

/// <summary>Says what becomes of the values of a column.</summary>
public interface IUpdateColumnUsingSyntax : IFluentSyntax
{
    /// <summary>An SQL expression gives the new value. Can't be automatically reversed.</summary>
    /// <param name="sql">An SQL expression over the table's columns as they were before.</param>
    void Using(string sql);

    /// <summary>
    /// A C# function gives the new value; on SQLite it runs inside the pass, other databases refuse it. A row whose value is
    /// no <typeparamref name="TOld"/>, or for which the function throws, is refused by name. Can't be automatically reversed.
    /// </summary>
    /// <typeparam name="TOld">What the function takes: NULL needs a type that can be null.</typeparam>
    /// <typeparam name="TNew">What it gives; dates, times and Guids are stored as Microsoft.Data.Sqlite stores them.</typeparam>
    /// <param name="convert">The function. It must not use the migration's connection.</param>
    void Using<TOld, TNew>(Func<TOld, TNew> convert);

    /// <summary>
    /// Gives each value its new one. On SQLite values are the same only byte by byte, whatever the column's collation. NULL
    /// stays NULL unless it is mapped; rows with any other value that is not mapped are refused. Reversible when every
    /// new value comes from one old value.
    /// </summary>
    /// <param name="values">Old and new values.</param>
    void Map(params (object? Old, object? New)[] values);

    /// <summary>
    /// Rescales numbers: each becomes value * toMax / fromMax. Rows that hold no number are refused. Reversible without
    /// rounding and with NULL kept.
    /// </summary>
    /// <param name="fromMax">The greatest value of the old scale.</param>
    /// <param name="toMax">The greatest value of the new scale.</param>
    /// <param name="rounding">How a value becomes a whole number; it does not by default.</param>
    /// <param name="nulls">What NULL becomes, on the new scale; null, the default, keeps it.</param>
    void Rescale(double fromMax, double toMax, Rounding rounding = Rounding.None, double? nulls = null);
}
