using System.CommandLine;

namespace Migrations.Cli.Verbs;

/// <summary>A verb on the command line. Of a verb of several words the last one is the command, and the others are groups.</summary>
internal sealed class VerbCommand(string verb, string description, string example) : Command(verb[(verb.LastIndexOf(' ') + 1)..], FirstOf(description))
{
    /// <summary>All words of the verb.</summary>
    public string Verb => verb;

    /// <summary>All that there is to say; its description is only the first of it, for the list of all verbs.</summary>
    public string Details => description;

    /// <summary>A line, or several, that could be typed.</summary>
    public string Example => example;

    private static string FirstOf(string description)
    {
        int end = description.AsSpan().IndexOfAny('.', ':');
        return end < 0 ? description : description[..end] + ".";
    }
}
