using System.Data.Common;
using FluentMigrator.Runner.Processors.SQLite;
using Microsoft.Data.Sqlite;

namespace Migrations.Runner.Connections;

/// <summary>Gives FluentMigrator's processor its connections without looking for a provider by reflection.</summary>
internal sealed class UnpooledDbFactory(IServiceProvider provider, Action<SqliteConnection>? opened) : SQLiteDbFactory(provider)
{
    public override DbProviderFactory Factory { get; } = new UnpooledProviderFactory(opened);
}
