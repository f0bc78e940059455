using System.CommandLine;

namespace Migrations.Cli.Verbs;

/// <summary>A verb on the command line. Of a verb of several words the last one is the command, and the others are groups.</summary>
internal sealed class VerbCommand(string verb, string description, string example) : Command(verb[(verb.LastIndexOf(' ') + 1)..], description)
{
    /// <summary>All words of the verb.</summary>
    public string Verb => verb;

    /// <summary>A line, or several, that could be typed.</summary>
    public string Example => example;
}
