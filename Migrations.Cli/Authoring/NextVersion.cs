using System.Globalization;
using Migrations.Cli.CommandLine;

namespace Migrations.Cli.Authoring;

/// <summary>The version of a new migration, in the style of those that there are.</summary>
internal static class NextVersion
{
    private const string Moment = "yyyyMMddHHmmss";

    // With a number for each day's migrations, where it is a day that has ten digits.
    private static readonly string[] Styles = ["yyyyMMdd", "yyyyMMdd'01'", "yyyyMMddHHmm", Moment, "yyyyMMddHHmmssfff"];

    /// <summary>The moment, where the newest version is one too or there is none; else the next number. Always above the newest.</summary>
    /// <param name="newest">The newest version that is known; 0 where there is none.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="ToolException">There is no version above the newest.</exception>
    public static long After(long newest, DateTimeOffset now)
    {
        if (newest == long.MaxValue)
        {
            throw ToolException.Usage(string.Create(CultureInfo.InvariantCulture, $"No version is above {newest}, the newest one: give that migration a lower one."));
        }

        string? style = newest == 0 ? Moment : StyleOf(newest.ToString(CultureInfo.InvariantCulture));
        return Math.Max(newest + 1, style is null ? 0 : long.Parse(now.UtcDateTime.ToString(style, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
    }

    private static string? StyleOf(string version) =>
        version.Length >= 8 && DateTime.TryParseExact(version[..8], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime day) && day.Year is > 1970 and < 2200
            ? Array.Find(Styles, style => style.Replace("'", "", StringComparison.Ordinal).Length == version.Length)
            : null;
}
