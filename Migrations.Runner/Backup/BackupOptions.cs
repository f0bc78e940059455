namespace Migrations.Runner;

/// <summary>The backups that are made before an upgrade. Mutable until a migrator is made of it.</summary>
public sealed class BackupOptions
{
    /// <summary>Whether an upgrade makes a backup before its first change.</summary>
    /// <value>The default is true. A new database and one in memory have nothing to back up.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// The folder of the backups; created where it is missing. Relative paths start at the database's folder. Backups are told apart by
    /// the name of the database's file: databases of one name in different folders must not share a folder of backups.
    /// </summary>
    /// <value>The default is null: the database's own folder.</value>
    public string? Folder { get; set; }

    /// <summary>How many of the newest verified backups are kept; older ones are deleted after a successful upgrade,
    /// and at once where they are of the same versions, so that an upgrade that fails at every start does not fill the disk.</summary>
    /// <value>The default is 3; at least 1.</value>
    public int Keep { get; set; } = 3;

    /// <summary>
    /// Whether the free space is compared before an upgrade with what the backup (the database's size) and the changes (the
    /// database's size once more) may need.
    /// </summary>
    /// <value>The default is true.</value>
    public bool ChecksFreeSpace { get; set; } = true;

    /// <summary>The values as they are now.</summary>
    internal BackupOptions Copy() => (BackupOptions)MemberwiseClone();
}
