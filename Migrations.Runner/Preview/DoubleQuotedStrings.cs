using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Migrations.Runner.Preview;

/// <summary>
/// Lets "x" be a string where it is no column, as it was when older libraries stored a schema (quirks.html, section 8), until
/// that is restored.
/// </summary>
internal sealed class DoubleQuotedStrings
{
    private const int InDml = 1013;
    private const int InDdl = 1014;

    private readonly SqliteConnection connection;
    private readonly int dml;
    private readonly int ddl;

    private DoubleQuotedStrings(SqliteConnection connection)
    {
        this.connection = connection;
        dml = Configure(InDml, -1);
        ddl = Configure(InDdl, -1);
        Configure(InDml, 1);
        Configure(InDdl, 1);
    }

    public static DoubleQuotedStrings Allow(SqliteConnection connection) => new(connection);

    public void Restore()
    {
        Configure(InDml, dml);
        Configure(InDdl, ddl);
    }

    private int Configure(int option, int value)
    {
        int rc = raw.sqlite3_db_config(connection.Handle, option, value, out int result);
        SqliteException.ThrowExceptionForRC(rc, connection.Handle);
        return result;
    }
}
