using System.Globalization;
using System.Text.RegularExpressions;
using Migrations.Cli.CommandLine;

namespace Migrations.Cli.Authoring;

/// <summary>Migrations that were written after an assembly was built: what is drafted would not begin where they end.</summary>
internal static partial class UnbuiltMigrations
{
    /// <summary>Makes sure that a folder has none.</summary>
    /// <exception cref="ToolException">It has one.</exception>
    public static async Task RefuseAsync(string folder, long newest, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (string file in Directory.EnumerateFiles(folder, "*.cs"))
        {
            foreach (Match match in Attribute().Matches(await File.ReadAllTextAsync(file, cancellationToken)))
            {
                if (long.TryParse(match.Groups["version"].Value.Replace("_", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out long version)
                    && version > newest)
                {
                    throw ToolException.Usage(string.Create(
                        CultureInfo.InvariantCulture,
                        $"\"{file}\" has version {version}, and the newest one that was built is {newest}: build the assembly first, or let the tool build it (--project)."));
                }
            }
        }
    }

    [GeneratedRegex(@"^\s*\[Migration\((?<version>\d[\d_]*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Attribute();
}
