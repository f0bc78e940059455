using FluentMigrator.Runner.VersionTableInfo;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Migrations.Core.Syntax;
using Migrations.Runner.Connections;
using Migrations.Runner.Processing;
using SQLitePCL;

namespace Migrations.Runner.Preview;

/// <summary>
/// What a preview runs on: a database in memory with the schema of the real one and the rows of its version table, so that
/// each previewed migration sees what the ones before it would have left. The real database is only read, and only once.
/// </summary>
internal sealed class ShadowDatabase(
    TableRebuildOptions options, string connectionString, IServiceProvider provider, ILogger logger) : IDisposable
{
    // sqlite3.h: the action code of ATTACH, and the answer that makes a statement fail.
    private const int AttachAction = 24;
    private const int Deny = 1;

    private SqliteConnection? connection;
    private bool isIncomplete;

    public SqliteConnection Open() => connection ??= Build();

    /// <summary>Whether an error may be the preview's own: an object that could not be copied, or a statement that reaches out of it.</summary>
    public bool Explains(Exception exception)
    {
        SqliteException? error = exception as SqliteException;
        for (Exception? inner = exception; error is null && inner is not null; inner = inner.InnerException)
        {
            error = inner as SqliteException;
        }

        return isIncomplete || error?.SqliteErrorCode == raw.SQLITE_AUTH;
    }

    public void Dispose() => connection?.Dispose();

    private SqliteConnection Build()
    {
        SqliteConnection shadow = new("Data Source=:memory:;Pooling=False");
        try
        {
            shadow.Open();
            options.ConnectionOpened?.Invoke(shadow);
            shadow.Execute("PRAGMA foreign_keys=OFF");
            if (options.Connection is { } given)
            {
                Copy(given, shadow);
                shadow.Execute($"PRAGMA foreign_keys={given.ReadInteger("PRAGMA foreign_keys")}");
            }
            else
            {
                CopyConfigured(shadow);
            }

            // ATTACH and VACUUM INTO would reach files; a preview changes none.
            strdelegate_authorizer refuseAttach = (_, action, _, _, _, _) => action == AttachAction ? Deny : raw.SQLITE_OK;
            raw.sqlite3_set_authorizer(shadow.Handle, refuseAttach, null);
            return shadow;
        }
        catch
        {
            shadow.Dispose();
            throw;
        }
    }

    private void CopyConfigured(SqliteConnection shadow)
    {
        SqliteConnectionStringBuilder settings = new(connectionString);
        if (settings.Mode == SqliteOpenMode.ReadWriteCreate)
        {
            // The preview of a database that is not there yet must not create it.
            settings.Mode = SqliteOpenMode.ReadWrite;
        }

        using UnpooledConnection real = new(options.ConnectionOpened) { ConnectionString = settings.ToString() };
        try
        {
            real.Open();
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_CANTOPEN && !File.Exists(real.DataSource))
        {
            shadow.Execute($"PRAGMA foreign_keys={(settings.ForeignKeys == false ? "OFF" : "ON")}");
            return;
        }

        real.Execute("PRAGMA query_only=ON");
        Copy(real, shadow);
        shadow.Execute($"PRAGMA foreign_keys={real.ReadInteger("PRAGMA foreign_keys")}");
    }

    private void Copy(SqliteConnection real, SqliteConnection shadow)
    {
        foreach (SqlIdentifier database in AttachedDatabases.Read(real))
        {
            if (database != "main")
            {
                shadow.Execute($"ATTACH ':memory:' AS {database.Quoted}");
            }

            foreach (object?[] row in real.ReadRows(
                $"SELECT type, name, sql FROM {database.Quoted}.sqlite_schema WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*' "
                + "ORDER BY type = 'trigger', rowid"))
            {
                CopyObject(shadow, database, (string)row[0]!, new((string)row[1]!), (string)row[2]!);
            }
        }

        CopyVersions(real, shadow);
    }

    private void CopyObject(SqliteConnection shadow, SqlIdentifier database, string type, SqlIdentifier name, string sql)
    {
        try
        {
            // A virtual table brings its shadow tables with it.
            if (shadow.ReadInteger($"SELECT count(*) FROM {database.Quoted}.sqlite_schema WHERE type = ?1 AND name = ?2", type, name.Name) == 0)
            {
                shadow.Execute(CreateStatement.Qualify(sql, database));
            }
        }
        catch (SqliteException exception)
        {
            isIncomplete = true;
            LogMessages.NotInPreview(logger, type, name.Quoted, exception.Message);
        }
    }

    private void CopyVersions(SqliteConnection real, SqliteConnection shadow)
    {
        IVersionTableMetaData table = provider.GetRequiredService<IVersionTableMetaData>();
        string name = $"{FluentName.Database(table.SchemaName).Quoted}.{FluentName.Parse(table.TableName).Quoted}";
        if (!new Lookup.SchemaLookup(real).HasTable(TableName.Of(table.SchemaName, table.TableName)))
        {
            return;
        }

        foreach (object?[] row in real.ReadRows($"SELECT * FROM {name}"))
        {
            using SqliteCommand command = shadow.CreateCommand();
            command.CommandText = $"INSERT INTO {name} VALUES ({string.Join(", ", row.Select((_, i) => $"?{i + 1}"))})";
            for (int i = 0; i < row.Length; i++)
            {
                command.Parameters.AddWithValue($"?{i + 1}", row[i] ?? DBNull.Value);
            }

            command.ExecuteNonQuery();
        }
    }
}
