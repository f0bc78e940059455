using System.CommandLine.Parsing;
using Migrations.Cli.Configuration;

namespace Migrations.Cli.CommandLine;

/// <summary>Modules on the command line: name=path.</summary>
internal static class ModuleArgument
{
    public static ModuleSetting[] Parse(ArgumentResult result)
    {
        List<ModuleSetting> modules = [];
        foreach (string text in result.Tokens.Select(token => token.Value))
        {
            int end = text.IndexOf('=', StringComparison.Ordinal);
            if (end <= 0 || end == text.Length - 1)
            {
                result.AddError($"\"{text}\" is no module: give its name and its assembly, such as jobs=bin/Jobs.dll.");
            }
            else
            {
                modules.Add(new(text[..end], Path.GetFullPath(text[(end + 1)..]), []));
            }
        }

        return [.. modules];
    }
}
