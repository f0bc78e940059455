using System.Globalization;

namespace Migrations.Runner.Planning;

/// <summary>Estimates in words that do not say more than is known.</summary>
internal static class Rounded
{
    /// <summary>"less than a second", "about 3 s", "about 25 s", "about 4 min", "about 2 h".</summary>
    public static string Time(TimeSpan time) => time.TotalSeconds switch
    {
        < 1 => "less than a second",
        < 9.5 => About(time.TotalSeconds, 1, "s"),
        < 57.5 => About(time.TotalSeconds, 5, "s"),
        < 570 => About(time.TotalMinutes, 1, "min"),
        < 3450 => About(time.TotalMinutes, 5, "min"),
        _ => About(time.TotalHours, 1, "h"),
    };

    /// <summary>"less than 1 MB", "12 MB", "1.5 GB".</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000_000 => "less than 1 MB",
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.#} GB"),
    };

    private static string About(double value, int step, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"about {Math.Max(step, Math.Round(value / step) * step):0} {unit}");
}
