using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using FluentMigrator.Runner.VersionTableInfo;
using Microsoft.Data.Sqlite;
using Migrations.Core.Syntax;
using Migrations.Runner.Files;
using Migrations.Runner.Upgrade;
using SQLitePCL;

namespace Migrations.Runner.Status;

/// <summary>
/// The applied versions of all modules by one query, for a start with nothing pending. Whatever is odd is left to
/// <see cref="DatabaseContents"/>.
/// </summary>
internal static class AppliedVersions
{
    private const int ApplicationIdRow = -1;

    /// <summary>
    /// The newest version of each module, where the database holds exactly what the application knows; null where it does not, or where it
    /// takes more than one query to say.
    /// </summary>
    public static ModuleVersion[]? Match(SqliteConnection connection, MigratorSettings settings, MigrationCatalog[] catalogs)
    {
        VersionMatch match = new(catalogs);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = Query(settings, catalogs);
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            if (reader.IsDBNull(1) || !Take(match, (int)reader.GetInt64(0), reader.GetInt64(1), settings))
            {
                return null;
            }
        }

        return match.Newest();
    }

    /// <summary>
    /// The same without Microsoft.Data.Sqlite, which takes longer to be compiled than all the rest of such a start: for a file that needs no
    /// key and no hook. Null also where the file can't be read at once, by whatever reason.
    /// </summary>
    public static ModuleVersion[]? MatchPlainly(DatabaseFile file, MigratorSettings settings, MigrationCatalog[] catalogs)
    {
        // Its first use makes the native library known, as a connection would.
        RuntimeHelpers.RunClassConstructor(typeof(SqliteConnection).TypeHandle);
        bool hasLog = file.HasLog;
        int rc = raw.sqlite3_open_v2(file.Path, out sqlite3 database, raw.SQLITE_OPEN_READWRITE, null);
        using (database)
        {
            if (rc != raw.SQLITE_OK || raw.sqlite3_db_readonly(database, "main") != 0)
            {
                return null;
            }

            if (hasLog)
            {
                DatabaseFile.KeepLog(database);
            }

            rc = raw.sqlite3_prepare_v2(database, Query(settings, catalogs), out sqlite3_stmt statement);
            using (statement)
            {
                return rc == raw.SQLITE_OK ? Match(statement, settings, new(catalogs)) : null;
            }
        }
    }

    private static ModuleVersion[]? Match(sqlite3_stmt statement, MigratorSettings settings, VersionMatch match)
    {
        int rc = raw.sqlite3_step(statement);
        while (rc == raw.SQLITE_ROW)
        {
            if (raw.sqlite3_column_type(statement, 1) != raw.SQLITE_INTEGER
                || !Take(match, raw.sqlite3_column_int(statement, 0), raw.sqlite3_column_int64(statement, 1), settings))
            {
                return null;
            }

            rc = raw.sqlite3_step(statement);
        }

        return rc == raw.SQLITE_DONE ? match.Newest() : null;
    }

    private static bool Take(VersionMatch match, int module, long value, MigratorSettings settings) =>
        module == ApplicationIdRow ? value == 0 || value == settings.ApplicationId : match.Add(module, value);

    // A name that is qualified is never taken for a string, as one that is only quoted is by libraries that allow it.
    private static string Query(MigratorSettings settings, MigrationCatalog[] catalogs)
    {
        StringBuilder sql = new();
        for (int i = 0; i < catalogs.Length; i++)
        {
            IVersionTableMetaData table = catalogs[i].Module.VersionTable;
            string version = "v." + SqlIdentifier.Quote(table.ColumnName);
            sql.Append(i == 0 ? "SELECT " : " UNION ALL SELECT ").Append(i.ToString(CultureInfo.InvariantCulture))
                .Append(", CASE typeof(").Append(version).Append(") WHEN 'integer' THEN ").Append(version).Append(" END FROM ")
                .Append(string.IsNullOrEmpty(table.SchemaName) ? "main" : SqlIdentifier.Quote(table.SchemaName))
                .Append('.').Append(SqlIdentifier.Quote(table.TableName)).Append(" AS v");
        }

        if (settings.ApplicationId is not null)
        {
            sql.Append(" UNION ALL SELECT -1, application_id FROM pragma_application_id");
        }

        return sql.ToString();
    }
}
