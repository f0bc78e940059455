namespace Migrations.Runner;

/// <summary>The backups that are made before an upgrade. Mutable until a migrator is made of it.</summary>
public sealed class BackupOptions
{
    /// <summary>Whether an upgrade makes a backup before its first change.</summary>
    /// <value>The default is true. A new database and one in memory have nothing to back up.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// The folder of the backups; created where it is missing. Relative paths start at the database's folder. Databases may share it,
    /// also those of one file name: where it is not the database's own folder, names of backups have a mark made of the database's real
    /// path, and only those of the same path are listed and deleted.
    /// </summary>
    /// <value>The default is null: the database's own folder.</value>
    /// <remarks>
    /// A database that was moved does not find its backups from before by itself; restoring by path takes them, as it takes any without a mark.
    /// Machines or containers in which different databases have the same path must not share a folder.
    /// </remarks>
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
