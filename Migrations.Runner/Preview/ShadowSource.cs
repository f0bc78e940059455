using FluentMigrator.Runner.VersionTableInfo;
using Microsoft.Data.Sqlite;
using Migrations.Runner.Connections;
using SQLitePCL;

namespace Migrations.Runner.Preview;

/// <summary>What a preview's database is a copy of. Immutable.</summary>
internal sealed class ShadowSource(string connectionString, Func<IEnumerable<IVersionTableMetaData>> versionTables)
{
    // Read when it is needed: where another database is selected, the connection string is that one's.
    private readonly Lazy<SqliteConnectionStringBuilder> settings = new(() => new(connectionString));

    /// <summary>The open connection to read through; null to open one.</summary>
    public SqliteConnection? Connection { get; init; }

    /// <summary>Whether there is nothing to read yet.</summary>
    public bool IsMissing { get; init; }

    /// <summary>What the connection string says of foreign keys; null where it leaves that to the library.</summary>
    public bool? ForeignKeys => settings.Value.ForeignKeys;

    /// <summary>The tables whose rows are copied.</summary>
    public IEnumerable<IVersionTableMetaData> VersionTables() => versionTables();

    /// <summary>A connection that can't write; null where there is no database to open.</summary>
    public SqliteConnection? OpenOwn(Action<SqliteConnection>? opened)
    {
        if (IsMissing)
        {
            return null;
        }

        SqliteConnectionStringBuilder asked = new(settings.Value.ToString());
        if (asked.Mode == SqliteOpenMode.ReadWriteCreate)
        {
            // The preview of a database that is not there yet must not create it.
            asked.Mode = SqliteOpenMode.ReadWrite;
        }

        UnpooledConnection connection = new(opened) { ConnectionString = asked.ToString() };
        try
        {
            connection.Open();
            connection.Execute("PRAGMA query_only=ON");
            return connection;
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_CANTOPEN && !File.Exists(asked.DataSource))
        {
            connection.Dispose();
            return null;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
