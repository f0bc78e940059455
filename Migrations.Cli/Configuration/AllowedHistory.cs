using Migrations.Runner;

namespace Migrations.Cli.Configuration;

/// <summary>The words of --allow: what an upgrade may find in a history and still go on.</summary>
internal static class AllowedHistory
{
    public const string OutOfOrder = "out-of-order";
    public const string Edited = "edited";
    public const string Unknown = "unknown";
    public const string Newer = "newer";
    public const string MissingModule = "missing-module";
    public const string Unversioned = "unversioned";

    public static string[] Words { get; } = [OutOfOrder, Edited, Unknown, Newer, MissingModule, Unversioned];

    /// <summary>Allows it.</summary>
    public static void Allow(DatabaseMigratorOptions options, string word)
    {
        switch (word)
        {
            case OutOfOrder:
                options.OutOfOrder = HistoryPolicy.Allow;
                break;
            case Edited:
                options.EditedMigrations = HistoryPolicy.Allow;
                break;
            case Unknown:
                options.UnknownMigrations = HistoryPolicy.Allow;
                break;
            case Newer:
                options.NewerDatabase = HistoryPolicy.Allow;
                break;
            case MissingModule:
                options.MissingModules = HistoryPolicy.Allow;
                break;
            case Unversioned:
                options.UnversionedDatabase = HistoryPolicy.Allow;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(word), word, null);
        }
    }
}
