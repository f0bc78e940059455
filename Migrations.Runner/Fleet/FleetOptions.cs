using Microsoft.Data.Sqlite;

namespace Migrations.Runner.Fleet;

/// <summary>What is done to each file of a fleet.</summary>
internal sealed record FleetOptions
{
    /// <summary>The migrations, and how they are run; without faults. Of the connection string all but the data source counts.</summary>
    public required DatabaseMigratorOptions Migrator { get; init; }

    /// <summary>The version of the application's own migrations to stop at; null for the newest of all modules.</summary>
    public long? Version { get; init; }

    /// <summary>Data may be lost where a migration says so ([LosesData]). Else a file with such a migration pending is refused.</summary>
    public bool AllowsDataLoss { get; init; }

    /// <summary>How many files are worked on at a time.</summary>
    public int Parallel { get; init; } = Environment.ProcessorCount;

    /// <summary>After how many failed or locked files no other one is begun; null for never.</summary>
    public int? StopAfter { get; init; }

    /// <summary>The options for one file.</summary>
    public DatabaseMigratorOptions For(string file)
    {
        DatabaseMigratorOptions own = Migrator.Copy();
        own.ConnectionString = new SqliteConnectionStringBuilder(own.ConnectionString) { DataSource = file }.ToString();
        return own;
    }
}
