using Microsoft.Data.Sqlite;
using Migrations.Runner;
using Migrations.Runner.Connections;
using Migrations.Testing.Templates;
using SQLitePCL;

namespace Migrations.Testing.Databases;

/// <summary>Makes a database of a template, and its first connection.</summary>
internal static class DatabaseCopy
{
    /// <summary>The first connection to a new database at a version, which the caller's hook has seen.</summary>
    public static SqliteConnection Make(
        MigrationSet migrations, long version, Template template, DatabasePlace place, DatabaseMigratorOptions asked)
    {
        if (template.IsNone)
        {
            return Migrated(migrations, version, place, asked);
        }

        if (place.Path is not { } path)
        {
            return Shown(DatabasePlace.OpenFilled(asked.ConnectionString, template), asked.ConnectionOpened);
        }

        template.CopyTo(path);
        try
        {
            SqliteConnection connection = Open(asked.ConnectionString, asked.ConnectionOpened);
            return asked.ConnectionOpened is null ? connection : Read(connection);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_NOTADB)
        {
            // It is encrypted, and each file by a key of its own.
            File.Delete(path);
            return Migrated(migrations, version, place, asked);
        }
    }

    /// <summary>Opens a connection and shows it to the caller's hook.</summary>
    public static SqliteConnection Open(string connectionString, Action<SqliteConnection>? hook)
    {
        SqliteConnection connection = new(connectionString);
        try
        {
            connection.Open();
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        return Shown(connection, hook);
    }

    private static SqliteConnection Shown(SqliteConnection connection, Action<SqliteConnection>? hook)
    {
        try
        {
            hook?.Invoke(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static SqliteConnection Read(SqliteConnection connection) =>
        Shown(connection, opened => opened.ReadInteger("SELECT count(*) FROM main.sqlite_schema"));

    private static SqliteConnection Migrated(MigrationSet migrations, long version, DatabasePlace place, DatabaseMigratorOptions asked) =>
        Shown(Open(asked.ConnectionString, asked.ConnectionOpened), _ => migrations.Build(place.ConnectionString, version));
}
