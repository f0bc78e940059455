using Migrations.Cli.Configuration;

namespace Migrations.Cli.Output;

/// <summary>
/// Puts the tool's own options into the libraries' messages, which name properties of <see cref="Runner.DatabaseMigratorOptions"/> as the way out. Whole
/// phrases are looked for, so that the name of a table or of a migration stays what it is.
/// </summary>
internal static class ToolWords
{
    private const string SetupClass = "in a class with the application's options (IMigratorSetup)";

    // What the container says of a migration's constructor.
    private const string Unresolved = "Unable to resolve service for type";

    private static readonly (string Phrase, string Words)[] All =
    [
        ("allow it (OutOfOrder)", $"allow it (--allow {AllowedHistory.OutOfOrder})"),
        ("allow it (EditedMigrations)", $"allow it (--allow {AllowedHistory.Edited})"),
        ("allow it (UnknownMigrations)", $"allow it (--allow {AllowedHistory.Unknown})"),
        ("allow it (UnversionedDatabase)", $"allow it (--allow {AllowedHistory.Unversioned})"),
        ("allow that it is gone (MissingModules)", $"allow that it is gone (--allow {AllowedHistory.MissingModule})"),
        ("add the module, or", "name the module (--module), or"),
        ("ConnectionString can't be read", "The connection string can't be read"),
        ("ConnectionString says", "The connection string says"),
        ("ConnectionString \"", "The connection string \""),
        ("wait longer (BusyTimeout)", "wait longer (--timeout)"),
        ("set a longer BusyTimeout", "wait longer (--timeout)"),
        ("A longer LockTimeout waits longer", "A longer --timeout waits longer"),
        ("name another file in the connection string", "name another file (--database)"),
        ("Name another file in the connection string", "Name another file (--database)"),
        ("name a file in the connection string", "name a file (--database)"),
        ("in the connection string or in ConnectionOpened", $"in ConnectionOpened {SetupClass}"),
        ("(DatabaseMigratorOptions.ConnectionOpened)", $"(ConnectionOpened {SetupClass})"),
        ("Register them in ConnectionOpened.", $"Register them in ConnectionOpened {SetupClass}."),
        ("name another folder in Backup.Folder", "name another folder (--backup-folder)"),
        ("name a folder on another drive in Backup.Folder", "name a folder on another drive (--backup-folder)"),
        ("or switch Backup.ChecksFreeSpace off", $"or switch Backup.ChecksFreeSpace off {SetupClass}"),
    ];

    /// <summary>A message in the tool's words.</summary>
    public static string Of(string message)
    {
        foreach ((string phrase, string words) in All)
        {
            message = message.Replace(phrase, words, StringComparison.Ordinal);
        }

        return message.Contains(Unresolved, StringComparison.Ordinal) ? $"{message} Register it by ConfigureRunner {SetupClass}." : message;
    }
}
