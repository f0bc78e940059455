using Microsoft.Data.Sqlite;
using Migrations.Core.Syntax;
using SQLitePCL;

namespace Migrations.Core.Alteration.Execution;

/// <summary>Runs the statements of one alteration on a connection and turns SQLite's errors into this library's.</summary>
internal sealed class AlterationSession
{
    private readonly SqliteConnection connection;
    private readonly SqlIdentifier table;
    private readonly AlterationReport report;

    public AlterationSession(SqliteConnection connection, SqlIdentifier table, AlterationOptions options)
    {
        this.connection = connection;
        this.table = table;
        report = new(table.Name, options.Progress);
        Watch = new(connection, options.Progress is null ? null : report.Elapsed, options.ReportInterval, options.CancellationToken);
    }

    public SqliteConnection Connection => connection;

    public SqlIdentifier Table => table;

    public StatementWatch Watch { get; }

    /// <summary>Whether a transaction is open, as SQLite itself knows it (c3ref/get_autocommit.html).</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(connection.Handle) == 0;

    /// <summary>Says which step begins.</summary>
    public void Begin(string purpose)
    {
        Watch.Report(() => report.Begin(purpose));
        Watch.Check();
    }

    public void Execute(string sql) => Execute(sql, null);

    /// <summary>Runs the statement that copies or converts rows, and says how many of them are done.</summary>
    public void WriteRows(string sql, string purpose, long rows)
    {
        Watch.Report(() => report.Begin(purpose, rows));
        Execute(sql, report.Writing);
    }

    /// <summary>Says how many rows have been copied or converted.</summary>
    public void RowsWritten(long rows)
    {
        Watch.Report(() => report.Written(rows));
        Watch.Check();
    }

    public long Count(string sql) => Run(sql, command => Convert.ToInt64(command.ExecuteScalar(), null));

    public T Run<T>(string sql, Func<SqliteCommand, T> run) => Guard(sql, () =>
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return run(command);
    });

    /// <summary>Compiles a statement without running it; null, or SQLite's message.</summary>
    public string? CompilationError(string sql)
    {
        int result = raw.sqlite3_prepare_v2(connection.Handle, sql, out sqlite3_stmt statement);
        string? error = result != raw.SQLITE_OK ? raw.sqlite3_errmsg(connection.Handle).utf8_to_string()
            : raw.sqlite3_bind_parameter_count(statement) > 0 ? "it holds a parameter, and nothing gives it a value"
            : null;
        statement.Dispose();
        return result == raw.SQLITE_INTERRUPT
            ? throw Failed(sql, new SqliteException(error ?? "interrupted", result))
            : error;
    }

    public AlterationFailedException Failed(string? sql, Exception error, string? explanation = null) => new(
        table.Name, sql, $"Altering table {table} failed and was rolled back: {explanation ?? Explain(error)}", error);

    private void Execute(string sql, Action<sqlite3_stmt>? compiled) => Guard(sql, () =>
    {
        WaitingStatement.Execute(connection, sql, Watch, compiled);
        return true;
    });

    private T Guard<T>(string sql, Func<T> run)
    {
        Watch.Check();
        try
        {
            return run();
        }
        catch (SqliteException e)
        {
            throw Failed(sql, e);
        }
        catch (InvalidOperationException e) when (connection.State != System.Data.ConnectionState.Open)
        {
            throw Failed(sql, e);
        }
    }

    private static string Explain(Exception error) => (error as SqliteException)?.SqliteErrorCode switch
    {
        raw.SQLITE_BUSY => $"the database is locked by another connection ({error.Message}). Try again when it has finished, or allow a longer timeout.",
        raw.SQLITE_LOCKED => $"a statement on this connection is still reading the table ({error.Message}). Dispose open readers before altering a table.",
        raw.SQLITE_READONLY => $"the database is read-only ({error.Message}). Give the process the right to write the file and its folder.",
        raw.SQLITE_INTERRUPT => $"it was interrupted ({error.Message}).",
        raw.SQLITE_IOERR => $"the file could not be read or written ({error.Message}). Check the disk.",
        raw.SQLITE_CORRUPT => $"the database was damaged before ({error.Message}). Restore a backup; PRAGMA integrity_check tells more.",
        raw.SQLITE_FULL => $"the disk, or the database's own limit of pages, is full ({error.Message}). A copy needs about three times the table's size.",
        raw.SQLITE_CANTOPEN => $"the file could not be opened ({error.Message}). Check that its folder exists and can be written.",
        raw.SQLITE_NOTADB => $"the file is not a database, or is encrypted with another key ({error.Message}).",
        _ => error.Message,
    };
}
