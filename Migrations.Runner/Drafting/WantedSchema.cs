using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Schema;
using Migrations.Runner.Connections;
using Migrations.Runner.Files;
using SQLitePCL;

namespace Migrations.Runner.Drafting;

/// <summary>Reads the schema that a draft is to lead to.</summary>
internal static class WantedSchema
{
    /// <summary>The schema of a database's file, which is left as it is.</summary>
    /// <exception cref="DatabaseUnusableException">It can't be read.</exception>
    public static DatabaseSchema OfFile(DatabaseFile file, CancellationToken cancellationToken)
    {
        try
        {
            return file.Read(connection =>
            {
                using CancellationTokenRegistration registration = cancellationToken.Register(() => raw.sqlite3_interrupt(connection.Handle));
                connection.Execute("PRAGMA query_only=ON");
                connection.Execute("BEGIN");
                return SchemaReader.Read(connection, "main");
            });
        }
        catch (SqliteException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw FileDiagnosis.Explain(file, e);
        }
    }

    /// <summary>The schema that a script makes on an empty database in memory.</summary>
    /// <param name="sql">The script: any statements.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="like">The database whose hook the connection gets.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="SqlSyntaxException">SQLite refuses a statement.</exception>
    public static DatabaseSchema OfScript(string sql, string name, DatabaseFile like, CancellationToken cancellationToken)
    {
        using SqliteConnection connection = like.At(":memory:").Open(SqliteOpenMode.ReadWriteCreate);
        connection.Execute("PRAGMA foreign_keys=OFF");
        using CancellationTokenRegistration registration = cancellationToken.Register(() => raw.sqlite3_interrupt(connection.Handle));
        new ScriptRun(connection.Handle!, sql, name, cancellationToken).Run(); // It is open.
        return SchemaReader.Read(connection, "main");
    }
}
