namespace Migrations.Testing;

/// <summary>Where a <see cref="MigratedDatabase"/> is kept.</summary>
public enum DatabaseStorage
{
    /// <summary>In memory, shared by all connections of the process that use its connection string (inmemorydb.html).</summary>
    Memory,

    /// <summary>In a file of its own in a temporary folder, deleted with the database.</summary>
    TemporaryFile,
}
