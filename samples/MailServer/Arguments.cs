using System.Globalization;

namespace MailServer;

/// <summary>What the program was asked to do.</summary>
internal sealed record Arguments(string File, int Revision, bool Seed)
{
    public const string Usage = "usage: MailServer FILE [--at N] [--seed]";

    /// <summary>Reads the command line.</summary>
    /// <exception cref="UsageException">The arguments make no sense.</exception>
    public static Arguments Parse(IReadOnlyList<string> args)
    {
        string? file = null;
        int revision = History.Newest;
        bool seed = false;
        for (int i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--seed":
                    seed = true;
                    break;
                case "--at":
                    i++;
                    revision = ParseRevision(i < args.Count ? args[i] : null);
                    break;
                case { Length: > 1 } option when option[0] == '-':
                    throw new UsageException($"The option \"{option}\" is unknown; {Usage}");
                case var name when string.IsNullOrWhiteSpace(name):
                    throw new UsageException($"The name of the FILE is empty; {Usage}");
                case var name when file is null:
                    file = name;
                    break;
                default:
                    throw new UsageException($"There is one FILE, and \"{args[i]}\" is not it; {Usage}");
            }
        }

        return file is null ? throw new UsageException($"The FILE is missing; {Usage}") : new Arguments(file, revision, seed);
    }

    private static int ParseRevision(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int revision) && revision <= History.Newest
            ? revision
            : throw new UsageException(text is null
                ? $"--at needs the number of a revision, 0 to {History.Newest}; {Usage}"
                : $"There is no revision \"{text}\": name one from 0 to {History.Newest}.");
}
