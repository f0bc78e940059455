using Microsoft.Data.Sqlite;
using Migrations.Runner.Files;
using Migrations.Runner.Status;

namespace Migrations.Runner.Upgrade;

/// <summary>Finds all faults of a migrator's options, before anything is opened.</summary>
internal static class OptionFaults
{
    public static IReadOnlyList<string> Of(DatabaseMigratorOptions options)
    {
        List<string> faults = [];
        CheckConnection(options.ConnectionString, faults);
        if (options.Assemblies.Count == 0 && options.Modules.Count == 0)
        {
            faults.Add("Assemblies and Modules are empty: add an assembly with migrations.");
        }

        if (options.Assemblies.Contains(null!))
        {
            faults.Add("Assemblies holds null.");
        }

        ModuleOrder.AddFaults(options, faults);
        if (options.Backup.Keep < 1)
        {
            faults.Add($"Backup.Keep is {options.Backup.Keep}: keep at least 1, or switch Backup.Enabled off.");
        }

        if (options.OnFailure == FailurePolicy.RestoreBackup && !options.Backup.Enabled)
        {
            faults.Add("OnFailure is RestoreBackup and Backup.Enabled is false: there would be nothing to restore.");
        }

        if (options.LockTimeout < TimeSpan.Zero && options.LockTimeout != Timeout.InfiniteTimeSpan)
        {
            faults.Add($"LockTimeout is {options.LockTimeout}: it must be zero or more, or Timeout.InfiniteTimeSpan.");
        }

        if (options.BusyTimeout < TimeSpan.Zero || options.BusyTimeout > TimeSpan.FromDays(1))
        {
            faults.Add($"BusyTimeout is {options.BusyTimeout}: it must be between zero and a day.");
        }

        return faults;
    }

    private static void CheckConnection(string connectionString, List<string> faults)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            faults.Add("ConnectionString is empty: \"Data Source=app.db\" would do.");
            return;
        }

        if (PlainConnectionString.DataSource(connectionString) is null)
        {
            CheckWords(connectionString, faults);
        }
    }

    private static void CheckWords(string connectionString, List<string> faults)
    {
        try
        {
            SqliteConnectionStringBuilder builder = new(connectionString);
            if (DatabaseFile.IsPrivate(builder))
            {
                faults.Add(
                    $"ConnectionString \"{connectionString}\" names a database that is gone with its connection: name a file, "
                    + "or share it (Mode=Memory;Cache=Shared) and keep a connection open.");
            }

            if (builder.Mode == SqliteOpenMode.ReadOnly)
            {
                faults.Add("ConnectionString says Mode=ReadOnly: an upgrade writes.");
            }
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            faults.Add($"ConnectionString can't be read: {e.Message}");
        }
    }
}
