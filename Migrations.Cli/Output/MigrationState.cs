namespace Migrations.Cli.Output;

/// <summary>What one migration is to a database.</summary>
internal enum MigrationState
{
    /// <summary>Applied, and the application knows it.</summary>
    Applied,

    /// <summary>Applied with another meaning than it has now.</summary>
    Edited,

    /// <summary>Applied, and the application does not know it.</summary>
    Unknown,

    /// <summary>Not applied.</summary>
    Pending,

    /// <summary>Not applied, and below one that is.</summary>
    OutOfOrder,
}
