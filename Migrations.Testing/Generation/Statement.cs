using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Migrations.Testing.Generation;

/// <summary>
/// A compiled statement. A row that SQLite refuses is nothing exceptional where rows are found by trying, so the result of a step is a
/// number here, as SQLite gives it.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 handle;
    private readonly sqlite3_stmt statement;

    private Statement(sqlite3 handle, sqlite3_stmt statement)
    {
        this.handle = handle;
        this.statement = statement;
    }

    /// <summary>SQLite's words for the last error.</summary>
    public string Message => raw.sqlite3_errmsg(handle).utf8_to_string();

    public int ExtendedError => raw.sqlite3_extended_errcode(handle);

    /// <summary>How many rows the last statement that has ended wrote itself.</summary>
    public int Changes => raw.sqlite3_changes(handle);

    /// <summary>Compiles a statement.</summary>
    /// <exception cref="SqliteException">SQLite does not take the text.</exception>
    public static Statement Prepare(sqlite3 handle, string sql)
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(handle, sql, out sqlite3_stmt statement), handle);
        return new(handle, statement);
    }

    /// <summary>Null where SQLite does not take the text.</summary>
    public static Statement? TryPrepare(sqlite3 handle, string sql) =>
        raw.sqlite3_prepare_v2(handle, sql, out sqlite3_stmt statement) == raw.SQLITE_OK ? new(handle, statement) : null;

    /// <summary>Runs a statement that returns nothing.</summary>
    public static void Execute(sqlite3 handle, string sql)
    {
        using Statement prepared = Prepare(handle, sql);
        int result = prepared.Step();
        if (result is not (raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            SqliteException.ThrowExceptionForRC(result, handle);
        }
    }

    /// <summary>The first column of the first row; null where there is neither.</summary>
    public static object? One(sqlite3 handle, string sql)
    {
        using Statement prepared = Prepare(handle, sql);
        return prepared.Step() == raw.SQLITE_ROW ? prepared.Column(0) : null;
    }

    /// <summary>All rows; none where SQLite does not take the text.</summary>
    public static List<object?[]> Rows(sqlite3 handle, string sql, int columns)
    {
        using Statement? prepared = TryPrepare(handle, sql);
        List<object?[]> rows = [];
        while (prepared?.Step() == raw.SQLITE_ROW)
        {
            object?[] row = new object?[columns];
            for (int i = 0; i < columns; i++)
            {
                row[i] = prepared.Column(i);
            }

            rows.Add(row);
        }

        return rows;
    }

    public int Step() => raw.sqlite3_step(statement);

    public void Reset() => raw.sqlite3_reset(statement);

    /// <summary>Sets a parameter, by its position from 1.</summary>
    public void Bind(int parameter, object? value)
    {
        int result = value switch
        {
            null => raw.sqlite3_bind_null(statement, parameter),
            long number => raw.sqlite3_bind_int64(statement, parameter, number),
            double number => raw.sqlite3_bind_double(statement, parameter, number),
            "" => raw.sqlite3_bind_text(statement, parameter, ""),
            string text => raw.sqlite3_bind_text(statement, parameter, Encoding.UTF8.GetBytes(text).AsSpan()),
            byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(statement, parameter, 0),
            byte[] bytes => raw.sqlite3_bind_blob(statement, parameter, bytes.AsSpan()),
            _ => throw new ArgumentException($"{value.GetType()} is no storage class.", nameof(value)),
        };
        SqliteException.ThrowExceptionForRC(result, handle);
    }

    /// <summary>A column of the row that the last step gave.</summary>
    public object? Column(int index) => raw.sqlite3_column_type(statement, index) switch
    {
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(statement, index),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(statement, index),
        raw.SQLITE_TEXT => TextOf(index),
        raw.SQLITE_BLOB => raw.sqlite3_column_blob(statement, index).ToArray(),
        _ => null,
    };

    public void Dispose() => statement.Dispose();

    // Of a text with a NUL in it only the bytes are whole.
    private string TextOf(int index)
    {
        _ = raw.sqlite3_column_text(statement, index);
        return Encoding.UTF8.GetString(raw.sqlite3_column_blob(statement, index));
    }
}
