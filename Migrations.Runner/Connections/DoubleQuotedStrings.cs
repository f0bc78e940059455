using Microsoft.Data.Sqlite;
using Migrations.Core.Alteration.Execution;

namespace Migrations.Runner.Connections;

/// <summary>Whether "x" may be a string where it is no column (quirks.html, section 8), otherwise than the connection has it, until this is disposed.</summary>
internal sealed class DoubleQuotedStrings : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly bool dml;
    private readonly bool ddl;

    private DoubleQuotedStrings(SqliteConnection connection, bool isAllowed)
    {
        this.connection = connection;
        dml = DatabaseConfiguration.DoubleQuotedStringsInDml.IsOn(connection.Handle);
        ddl = DatabaseConfiguration.DoubleQuotedStringsInDdl.IsOn(connection.Handle);
        Set(isAllowed, isAllowed);
    }

    /// <summary>Lets it be one, as it was when older libraries stored a schema.</summary>
    public static DoubleQuotedStrings Allow(SqliteConnection connection) => new(connection, isAllowed: true);

    /// <summary>Lets it be none. Not for statements that fire triggers: SQLite compiles these with them.</summary>
    public static DoubleQuotedStrings Refuse(SqliteConnection connection) => new(connection, isAllowed: false);

    public void Dispose() => Set(dml, ddl);

    private void Set(bool inDml, bool inDdl)
    {
        DatabaseConfiguration.DoubleQuotedStringsInDml.Set(connection.Handle, inDml);
        DatabaseConfiguration.DoubleQuotedStringsInDdl.Set(connection.Handle, inDdl);
    }
}
