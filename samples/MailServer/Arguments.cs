using System.Globalization;

namespace MailServer;

/// <summary>What the program was asked to do.</summary>
internal sealed record Arguments(string File, Verb Verb)
{
    public const string Usage = "usage: MailServer FILE [--plan] [--at N] [--seed] "
        + "| FILE --status | FILE --backup | FILE --restore BACKUP | FILE --serve [--urls URLS] [--exit-on-failure]";

    /// <summary>The revision to go to.</summary>
    public int Revision { get; private init; } = History.Newest;

    /// <summary>Whether rows to try the history with are put in on the way.</summary>
    public bool Seed { get; private init; }

    /// <summary>The backup to put back, empty without one.</summary>
    public string Backup { get; private init; } = "";

    /// <summary>Where to listen, null for what ASP.NET Core listens to without being told.</summary>
    public string? Urls { get; private init; }

    /// <summary>Whether the web front ends when the upgrade fails, instead of saying so.</summary>
    public bool ExitOnFailure { get; private init; }

    /// <summary>Reads the command line.</summary>
    /// <exception cref="UsageException">The arguments make no sense.</exception>
    public static Arguments Parse(IReadOnlyList<string> args)
    {
        string? file = null;
        Arguments read = new("", Verb.Move);
        List<string> options = [];
        for (int i = 0; i < args.Count; i++)
        {
            string argument = args[i];
            if (argument is not ['-', _, ..])
            {
                file = file is null
                    ? File(argument)
                    : throw new UsageException($"There is one FILE, and \"{argument}\" is not it; {Usage}");
                continue;
            }

            options.Add(argument);
            read = argument switch
            {
                "--seed" => read with { Seed = true },
                "--at" => read with { Revision = ParseRevision(Next(args, ref i)) },
                "--plan" => read.Asked(Verb.Plan),
                "--status" => read.Asked(Verb.Status),
                "--backup" => read.Asked(Verb.Backup),
                "--restore" => read.Asked(Verb.Restore) with
                {
                    Backup = Next(args, ref i) ?? throw new UsageException($"--restore needs the file of a BACKUP; {Usage}"),
                },
                "--serve" => read.Asked(Verb.Serve),
                "--urls" => read with { Urls = Next(args, ref i) ?? throw new UsageException($"--urls needs URLS to listen to; {Usage}") },
                "--exit-on-failure" => read with { ExitOnFailure = true },
                _ => throw new UsageException($"The option \"{argument}\" is unknown; {Usage}"),
            };
        }

        string? stray = options.Find(option => !Allowed(option, read.Verb));
        return stray is not null
            ? throw new UsageException($"The option \"{stray}\" does not go with the others; {Usage}")
            : read with { File = file ?? throw new UsageException($"The FILE is missing; {Usage}") };

        static string File(string name) =>
            string.IsNullOrWhiteSpace(name) ? throw new UsageException($"The name of the FILE is empty; {Usage}") : name;
    }

    private static bool Allowed(string option, Verb verb) => option switch
    {
        "--at" => verb is Verb.Move or Verb.Plan,
        "--seed" => verb is Verb.Move,
        "--urls" or "--exit-on-failure" => verb is Verb.Serve,
        _ => true,
    };

    private static string? Next(IReadOnlyList<string> args, ref int i) => ++i < args.Count ? args[i] : null;

    private static int ParseRevision(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int revision) && revision <= History.Newest
            ? revision
            : throw new UsageException(text is null
                ? $"--at needs the number of a revision, 0 to {History.Newest}; {Usage}"
                : $"There is no revision \"{text}\": name one from 0 to {History.Newest}.");

    private Arguments Asked(Verb verb) => Verb == Verb.Move
        ? this with { Verb = verb }
        : throw new UsageException($"There is one thing to do at a time; {Usage}");
}
