using Microsoft.Data.Sqlite;
using Migrations.Core.Alteration.Execution;

namespace Migrations.Runner.Preview;

/// <summary>
/// Lets "x" be a string where it is no column, as it was when older libraries stored a schema (quirks.html, section 8), until
/// that is restored.
/// </summary>
internal sealed class DoubleQuotedStrings
{
    private readonly SqliteConnection connection;
    private readonly bool dml;
    private readonly bool ddl;

    private DoubleQuotedStrings(SqliteConnection connection)
    {
        this.connection = connection;
        dml = DatabaseConfiguration.DoubleQuotedStringsInDml.IsOn(connection.Handle);
        ddl = DatabaseConfiguration.DoubleQuotedStringsInDdl.IsOn(connection.Handle);
        Set(true, true);
    }

    public static DoubleQuotedStrings Allow(SqliteConnection connection) => new(connection);

    public void Restore() => Set(dml, ddl);

    private void Set(bool inDml, bool inDdl)
    {
        DatabaseConfiguration.DoubleQuotedStringsInDml.Set(connection.Handle, inDml);
        DatabaseConfiguration.DoubleQuotedStringsInDdl.Set(connection.Handle, inDdl);
    }
}
