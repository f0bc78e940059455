using System.Globalization;
using Migrations.Runner;

namespace Migrations.Tests.Processes.Child;

/// <summary>What the words of the form <c>name=value</c> on a child's command line say. Immutable.</summary>
internal sealed class ChildOptions
{
    /// <summary>Waits for a line on standard input before it begins.</summary>
    public const string Gate = "--gate=1";

    private const string Prefix = "--";
    private readonly Dictionary<string, string> values;

    private ChildOptions(Dictionary<string, string> values) => this.values = values;

    public bool IsGated => values.ContainsKey("gate");

    /// <summary>The number of the migration at whose begin the child stands still.</summary>
    public int? StandAt => Number("stand-at");

    public static string Stand(int at) => Option("stand-at", at);

    public static string LockTimeout(int seconds) => Option("lock-timeout", seconds);

    public static string BusyTimeout(int seconds) => Option("busy-timeout", seconds);

    public static string Strategy(ForcedStrategy forced) => $"{Prefix}strategy={forced}";

    public static bool IsOption(string word) => word.StartsWith(Prefix, StringComparison.Ordinal);

    public static ChildOptions Parse(IEnumerable<string> words) => new(words.Where(IsOption)
        .Select(word => word[Prefix.Length..].Split('=', 2))
        .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal));

    /// <summary>The mail server's migrator for a file.</summary>
    public DatabaseMigrator Migrator(string file)
    {
        DatabaseMigratorOptions options = MailMigrator.Options(file);
        options.LockTimeout = Number("lock-timeout") is { } wait ? TimeSpan.FromSeconds(wait) : options.LockTimeout;
        options.BusyTimeout = Number("busy-timeout") is { } busy ? TimeSpan.FromSeconds(busy) : options.BusyTimeout;
        options.Strategies = values.TryGetValue("strategy", out string? forced) ? Enum.Parse<ForcedStrategy>(forced).Allowed() : null;
        return DatabaseMigrator.Create(options);
    }

    private static string Option(string name, int value) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{name}={value}");

    private int? Number(string name) =>
        values.TryGetValue(name, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
