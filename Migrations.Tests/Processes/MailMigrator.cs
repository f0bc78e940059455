using MailServer;
using Microsoft.Data.Sqlite;
using Migrations.Runner;

namespace Migrations.Tests.Processes;

/// <summary>The mail server as an application that upgrades itself, in tests and in the processes that they start.</summary>
internal static class MailMigrator
{
    public static DatabaseMigratorOptions Options(string file)
    {
        DatabaseMigratorOptions options = new() { ConnectionString = new SqliteConnectionStringBuilder { DataSource = file }.ToString() };
        options.Assemblies.Add(typeof(RevisionAttribute).Assembly);
        return options;
    }

    /// <summary>A migrator that does not wait for the lock: whoever had it must be gone.</summary>
    public static DatabaseMigrator Create(string file, ForcedStrategy forced = ForcedStrategy.Auto)
    {
        DatabaseMigratorOptions options = Options(file);
        options.Strategies = forced.Allowed();
        options.LockTimeout = TimeSpan.Zero;
        return DatabaseMigrator.Create(options);
    }
}
