using Microsoft.Data.Sqlite;

namespace Migrations.Testing.Steps;

/// <summary>Makes the errors of one query, which name the row and end with the statement.</summary>
internal sealed class QueryErrors(string sql)
{
    /// <summary>The row that is being read, from 1; 0 where the error is about none.</summary>
    public int Row { get; set; }

    public InvalidOperationException Of(string message) =>
        new($"{(Row == 0 ? "" : $"Row {Row}: ")}{message}{Environment.NewLine}{sql}");

    /// <summary>SQLite's own error with its codes, and the statement after its message.</summary>
    public static SqliteException Of(SqliteException error, string sql) =>
        new($"{error.Message}{Environment.NewLine}{sql}", error.SqliteErrorCode, error.SqliteExtendedErrorCode);
}
