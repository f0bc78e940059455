using System.CommandLine.Parsing;
using System.Globalization;

namespace Migrations.Cli.CommandLine;

/// <summary>A version on the command line.</summary>
internal static class VersionArgument
{
    public static long Parse(ArgumentResult result)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long version))
        {
            result.AddError($"\"{text}\" is no version: versions are whole numbers.");
        }

        return version;
    }
}
