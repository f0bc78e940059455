using System.CommandLine;

namespace Migrations.Cli.Verbs;

/// <summary>A verb on the command line.</summary>
internal sealed class VerbCommand(string name, string description, string example) : Command(name, description)
{
    /// <summary>A line, or several, that could be typed.</summary>
    public string Example => example;
}
