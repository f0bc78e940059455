using Microsoft.Data.Sqlite;
using Migrations.Testing.Steps;

namespace Migrations.Testing;

/// <content>Rows in and out, on <see cref="Connection"/>.</content>
public sealed partial class MigratedDatabase
{
    /// <summary>
    /// Inserts rows: all of them, or none where one fails. They are written in a savepoint, within the transaction that is open on
    /// <see cref="Connection"/>, or in one of their own. Constraints, foreign keys and triggers act as on any other connection.
    /// </summary>
    /// <remarks>
    /// A property's name is a column's name, without regard to ASCII case; where there is no such column, also without regard to
    /// underscores, so that <c>SpamThreshold</c> fills <c>spam_threshold</c>. Columns that no property names get their default. Values are
    /// stored as Microsoft.Data.Sqlite stores parameters: bool and enum as INTEGER; float and double as REAL; char, decimal, Guid (in
    /// capitals), DateTime (<c>2026-01-31 13:00:00</c>), DateTimeOffset, DateOnly, TimeOnly and TimeSpan as TEXT; byte[] as BLOB. What
    /// the column's affinity makes of it is up to SQLite (datatype3.html): the text of a decimal becomes a number in a NUMERIC column.
    /// </remarks>
    /// <param name="table">A table of the main database, or a view with an INSTEAD OF trigger. Needs no quotes.</param>
    /// <param name="rows">
    /// Anonymous objects, other objects with public properties, or dictionaries of string and object. Those of one call need not have the
    /// same properties.
    /// </param>
    /// <returns>The rowid of the last row, which is its INTEGER PRIMARY KEY if it has one; 0 where it has no rowid (WITHOUT ROWID, a view), where a
    /// conflict clause or trigger of the table has ignored it, and where there are no rows.</returns>
    /// <exception cref="ArgumentException">There is no such table or column, a value has no stored form, or a row has no properties.</exception>
    /// <exception cref="SqliteException">SQLite refused a row; the message tells which, with the statement.</exception>
    public long Insert(string table, params IEnumerable<object> rows)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        ArgumentNullException.ThrowIfNull(rows);
        ObjectDisposedException.ThrowIf(isDisposed, this);
        return new RowInsert(Connection, table, isPartial: false).Run(rows);
    }

    /// <summary>
    /// As <see cref="Insert"/>, for rows that say only what a test is about: a column that no property names and that SQLite takes no row
    /// without (NOT NULL and no default) gets a value that means as little as can be, such as 0, an empty string or a day in 1970; where it
    /// is in a unique index, the next number or a text that counts rows. All other columns get their default.
    /// </summary>
    /// <remarks>CHECK constraints are not looked at: name the columns whose CHECK refuses such values. <see cref="Fill"/> does more.</remarks>
    /// <param name="table">As there.</param>
    /// <param name="rows">As there; a row without properties is allowed.</param>
    /// <returns>As there.</returns>
    /// <exception cref="ArgumentException">As there, or a column that is not named needs a row of another table.</exception>
    /// <exception cref="SqliteException">As there.</exception>
    public long InsertPartial(string table, params IEnumerable<object> rows)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        ArgumentNullException.ThrowIfNull(rows);
        ObjectDisposedException.ThrowIf(isDisposed, this);
        return new RowInsert(Connection, table, isPartial: true).Run(rows);
    }

    /// <summary>Runs one statement or several, and discards the rows that they may return.</summary>
    /// <param name="sql">The statements, separated by semicolons.</param>
    /// <param name="parameters">
    /// An object whose properties, or a dictionary whose keys, are the parameters: <c>email</c> stands for <c>@email</c>, <c>$email</c> and
    /// <c>:email</c>, with regard to case. Values as those of <see cref="Insert"/>. Null for none.
    /// </param>
    /// <returns>How many rows INSERT, UPDATE and DELETE have changed in all, without those that triggers and foreign keys have changed.</returns>
    /// <exception cref="ArgumentException">A value has no stored form.</exception>
    /// <exception cref="InvalidOperationException">A parameter of a statement has no value.</exception>
    /// <exception cref="SqliteException">A statement failed; the message has its text. Those before it stand, unless a transaction is open.</exception>
    public int Execute(string sql, object? parameters = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sql);
        ObjectDisposedException.ThrowIf(isDisposed, this);
        using StepStatement statement = new(Connection, sql, parameters);
        return statement.Execute();
    }

    /// <summary>The rows of a query, each as a <typeparamref name="T"/>.</summary>
    /// <remarks>
    /// What <typeparamref name="T"/> can be:
    /// <list type="bullet">
    /// <item>one value, for a query with one column: string, byte[], bool, char, all numbers, enums, Guid, DateTime, DateTimeOffset, DateOnly,
    /// TimeOnly, TimeSpan, the nullable forms of these, and <see cref="object"/>: the value as SQLite holds it, which is a long, double,
    /// string, byte[] or null;</item>
    /// <item>a value tuple of such values, one for each column, by position; their names do not count;</item>
    /// <item><c>object?[]</c>: all columns as SQLite holds them;</item>
    /// <item>a record, class or struct, by the names of columns: the public constructor with most parameters for which there are columns, then
    /// public properties that can be set or initialised. Names are compared as by <see cref="Insert"/>. Each column needs a place, and
    /// each parameter without a default, and each required property, needs a column.</item>
    /// </list>
    /// Nothing is converted that loses something, or that would hide what is stored: a REAL is no integer, not even 5.0; 300 is no byte, 2
    /// no bool, 'abc' no number, NULL no int (but an <c>int?</c>). An INTEGER is read as double or decimal where the number stays the same, text
    /// as decimal, Guid, date or time where it has the form that <see cref="Insert"/> writes, or SQLite's own form of it.
    /// </remarks>
    /// <typeparam name="T">What a row becomes.</typeparam>
    /// <param name="sql">One statement that returns rows: SELECT, PRAGMA, or INSERT, UPDATE and DELETE with RETURNING.</param>
    /// <param name="parameters">As those of <see cref="Execute"/>.</param>
    /// <exception cref="ArgumentException">A value has no stored form.</exception>
    /// <exception cref="InvalidOperationException">
    /// The columns or a value do not fit <typeparamref name="T"/>, a parameter has no value, or there is not one result. What the statement
    /// has written stands, unless a transaction is open.
    /// </exception>
    /// <exception cref="SqliteException">The statement failed; the message has its text.</exception>
    public IReadOnlyList<T> Query<T>(string sql, object? parameters = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sql);
        ObjectDisposedException.ThrowIf(isDisposed, this);
        using StepStatement statement = new(Connection, sql, parameters);
        return statement.Query<T>().Rows;
    }

    /// <summary>The only row of a query, as a <typeparamref name="T"/>.</summary>
    /// <inheritdoc cref="Query{T}(string, object?)"/>
    /// <exception cref="InvalidOperationException">As there, or the query gives no row, or several; the message shows them.</exception>
    public T Single<T>(string sql, object? parameters = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sql);
        ObjectDisposedException.ThrowIf(isDisposed, this);
        using StepStatement statement = new(Connection, sql, parameters);
        return statement.Query<T>().Single();
    }
}
