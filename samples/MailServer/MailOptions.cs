using Microsoft.Data.Sqlite;
using Migrations.Runner;

namespace MailServer;

/// <summary>How this application's database is upgraded, in a container or without.</summary>
internal static class MailOptions
{
    public static void Set(DatabaseMigratorOptions options, string file)
    {
        options.ConnectionString = new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true }.ToString();
        options.Assemblies.Add(typeof(MailOptions).Assembly);
    }

    /// <summary>A migrator without a container.</summary>
    /// <param name="file">The database.</param>
    /// <param name="backups">False where the database is only made to try the history.</param>
    public static DatabaseMigrator Migrator(string file, bool backups = true)
    {
        DatabaseMigratorOptions options = new();
        Set(options, file);
        options.Backup.Enabled = backups;
        return DatabaseMigrator.Create(options);
    }
}
