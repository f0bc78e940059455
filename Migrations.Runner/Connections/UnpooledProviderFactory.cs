using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Migrations.Runner.Connections;

/// <summary>Microsoft.Data.Sqlite's factory, with connections that are not pooled.</summary>
internal sealed class UnpooledProviderFactory(Action<SqliteConnection>? opened) : DbProviderFactory
{
    public override DbConnection CreateConnection() => new UnpooledConnection(opened);

    public override DbCommand CreateCommand() => new CompleteCommand();

    public override DbParameter CreateParameter() => new SqliteParameter();

    public override DbConnectionStringBuilder CreateConnectionStringBuilder() => new SqliteConnectionStringBuilder();
}
