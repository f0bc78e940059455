namespace MailServer;

/// <summary>What the program does with the file.</summary>
internal enum Verb
{
    /// <summary>Brings it to a revision.</summary>
    Move,

    /// <summary>Says what that would do, and does nothing.</summary>
    Plan,

    /// <summary>Says what it holds.</summary>
    Status,

    /// <summary>Copies it.</summary>
    Backup,

    /// <summary>Puts a copy back.</summary>
    Restore,

    /// <summary>Upgrades it and shows it to browsers.</summary>
    Serve,
}
