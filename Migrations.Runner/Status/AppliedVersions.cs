using System.Globalization;
using System.Text;
using FluentMigrator.Runner.VersionTableInfo;
using Microsoft.Data.Sqlite;
using Migrations.Core.Syntax;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.Status;

/// <summary>
/// The applied versions of all modules by one query, for a start with nothing pending. Whatever is odd is left to
/// <see cref="DatabaseContents"/>.
/// </summary>
internal static class AppliedVersions
{
    // On the way of every start: plain loops, because each generic method that is new here would be compiled first.

    /// <summary>
    /// The newest version of each module, where the database holds exactly what the application knows; null where it does not, or where it
    /// takes more than one query to say.
    /// </summary>
    public static ModuleVersion[]? Match(SqliteConnection connection, MigratorSettings settings, MigrationCatalog[] catalogs)
    {
        int[] known = new int[catalogs.Length];
        bool[][] found = new bool[catalogs.Length][];
        long[] newest = new long[catalogs.Length];
        for (int i = 0; i < catalogs.Length; i++)
        {
            found[i] = new bool[catalogs[i].Count];
        }

        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = Query(settings, catalogs);
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            if (reader.IsDBNull(1))
            {
                return null;
            }

            int module = reader.GetInt32(0);
            long value = reader.GetInt64(1);
            if (module < 0)
            {
                if (value != 0 && value != settings.ApplicationId)
                {
                    return null;
                }

                continue;
            }

            int index = catalogs[module].IndexOf(value);
            if (index < 0)
            {
                if (!catalogs[module].IsLeftOut(value))
                {
                    return null;
                }
            }
            else if (!found[module][index])
            {
                found[module][index] = true;
                known[module]++;
            }

            newest[module] = Math.Max(newest[module], value);
        }

        ModuleVersion[] versions = new ModuleVersion[catalogs.Length];
        for (int i = 0; i < catalogs.Length; i++)
        {
            if (known[i] != catalogs[i].Count)
            {
                return null;
            }

            versions[i] = new(catalogs[i].Module.Name, newest[i]);
        }

        return versions;
    }

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
                .Append(HistoryTable.SchemaOf(table).Quoted).Append('.').Append(SqlIdentifier.Quote(table.TableName)).Append(" AS v");
        }

        if (settings.ApplicationId is not null)
        {
            sql.Append(" UNION ALL SELECT -1, application_id FROM main.pragma_application_id");
        }

        return sql.ToString();
    }
}
