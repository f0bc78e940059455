using System.Collections.Immutable;
using Migrations.Core.Syntax;

namespace Migrations.Testing;

/// <summary>
/// Which rows a database is filled with: how many, by which seed, and the values that can't be guessed from a schema. The same schema and
/// the same seed give the same rows on every machine. Immutable; safe to use from several threads if the functions given to it are.
/// </summary>
public sealed class GeneratedRows
{
    private readonly ImmutableDictionary<(SqlIdentifier Table, SqlIdentifier Column), Func<int, object?>> given =
        ImmutableDictionary<(SqlIdentifier Table, SqlIdentifier Column), Func<int, object?>>.Empty;

    private readonly ImmutableHashSet<SqlIdentifier> empty = [];

    /// <summary>The defaults: 20 rows in each table.</summary>
    public GeneratedRows()
    {
    }

    private GeneratedRows(
        GeneratedRows other,
        ImmutableDictionary<(SqlIdentifier Table, SqlIdentifier Column), Func<int, object?>> given,
        ImmutableHashSet<SqlIdentifier> empty)
    {
        PerTable = other.PerTable;
        Seed = other.Seed;
        this.given = given;
        this.empty = empty;
    }

    /// <summary>How many rows each table gets; fewer where its constraints allow no more.</summary>
    /// <value>The default is 20.</value>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int PerTable
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }

        = 20;

    /// <summary>What chance begins with: another seed gives other rows.</summary>
    /// <value>The default is 1.</value>
    public int Seed { get; init; } = 1;

    /// <summary>The columns whose values are given, with their tables.</summary>
    internal IEnumerable<(SqlIdentifier Table, SqlIdentifier Column)> GivenColumns => given.Keys;

    /// <summary>The tables that are left empty.</summary>
    internal IEnumerable<SqlIdentifier> EmptyTables => empty;

    /// <summary>The same, with the caller's values for a column. <see cref="MigrationChecks"/> pass over a database that does not have it; <see cref="MigratedDatabase.Fill"/> refuses.</summary>
    /// <param name="table">The table.</param>
    /// <param name="column">Its column; not a generated one.</param>
    /// <param name="value">The value for a row by its number, which is 1 for the first: null, a number, a string, a byte[], a date, a time or a Guid.</param>
    /// <returns>The other rows; these stay as they are.</returns>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public GeneratedRows With(string table, string column, Func<int, object?> value)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        ArgumentException.ThrowIfNullOrEmpty(column);
        ArgumentNullException.ThrowIfNull(value);
        return new(this, given.SetItem((table, column), value), empty);
    }

    /// <summary>The same, but that a table gets no rows. Tables whose rows need a row of it can't have any either, unless it has some already.</summary>
    /// <param name="table">The table.</param>
    /// <returns>The other rows; these stay as they are.</returns>
    /// <exception cref="ArgumentException">The name is empty, or null.</exception>
    public GeneratedRows Without(string table)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        return new(this, given, empty.Add(table));
    }

    /// <summary>The same with another number of rows and another seed.</summary>
    internal GeneratedRows Again(int perTable, int seed) => new(this, given, empty) { PerTable = perTable, Seed = seed };

    internal bool IsLeftEmpty(SqlIdentifier table) => empty.Contains(table);

    internal Func<int, object?>? Given(SqlIdentifier table, SqlIdentifier column) => given.GetValueOrDefault((table, column));
}
