using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Migrations.Cli.Output;
using Migrations.Cli.Verbs;

namespace Migrations.Cli.CommandLine;

/// <summary>The command line: which verbs there are, and what becomes of arguments that make no sense.</summary>
internal sealed class Tool
{
    private const string ExitCodes = """
        Exit codes:
          0    done, or nothing to do
          1    something failed; what was running was rolled back
          2    the command line, migrations.json or the assembly can't be used; the database was not touched
          3    refused because of what the database holds, or because nobody said yes; nothing was changed
          4    status, fleet status: migrations are pending
          5    verify, rehearse, schema --check: something is not as it should be
          130  cancelled; what was running was rolled back

        """;

    private const string Ending = """
        migrations.json, in the current folder or one above it, says what options would say, with paths relative to itself:
          { "project": "src/App", "database": "app.db" }
          Keys: assembly (a path or several), project, configuration, modules, setup, database, connection, tags, allow, timeout, backupFolder, keepBackups.
          --assembly or --project replaces both of its keys, --database or --connection too.

        A public class in the assemblies that implements IMigratorSetup of Migrations.Runner sets the application's own options, such as application_id,
        modules, policies, and what opens an encrypted or extended database. Options and migrations.json replace what it sets.

        The result is written to standard output, log and progress to standard error.


        """ + ExitCodes;

    private readonly CommonOptions common = new();
    private readonly RootCommand root = new("Looks at SQLite databases under FluentMigrator migrations, and upgrades, checks, backs up and restores them.")
    {
        HelpName = "dotnet migrations",
    };

    public Tool()
    {
        foreach (Verb verb in (Verb[])
        [
            new NewVerb(),
            new StatusVerb(), new PlanVerb(), new RehearseVerb(), new UpgradeVerb(), new DowngradeVerb(), new BackupVerb(), new BackupsVerb(), new RestoreVerb(), new VerifyVerb(),
            new SchemaVerb(), new ScriptVerb(),
        ])
        {
            root.Add(ToCommand(verb));
        }

        root.Add(new VerbGroup("fleet", "Looks at, or upgrades, many databases of the same migrations, such as one for each tenant.")
        {
            ToCommand(new FleetStatusVerb()), ToCommand(new FleetUpgradeVerb()),
        });

        common.AddTo(root);
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpByCommand((HelpAction)help.Action!, Ending); // A help option has an action.
    }

    public async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0 && parsed.Action is ParseErrorAction or null)
        {
            return new Terminal(parsed, common).Fail(
                parsed.CommandResult.Command is VerbCommand verb ? verb.Verb : null, Failure.Of(ToolException.Usage($"{Explain(parsed)} See --help.")));
        }

        // The verbs end by the token, in their own time: what is running is rolled back.
        InvocationConfiguration configuration = new() { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
        return await parsed.InvokeAsync(configuration, cancellationToken);
    }

    private static string Explain(ParseResult parsed)
    {
        string group = parsed.CommandResult.Command is VerbGroup found ? found.Name + " " : "";
        return parsed.CommandResult.Command is VerbCommand
            ? string.Join(" ", parsed.Errors.Select(error => error.Message.ReplaceLineEndings(" ").Replace("\t", "", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal))
            : parsed.UnmatchedTokens is [{ } first, ..] ? $"There is no verb \"{group}{first}\"." : $"Say what is to be done, such as `{group}status`.";
    }

    private VerbCommand ToCommand(Verb verb)
    {
        VerbCommand command = verb.ToCommand();
        command.SetAction((parsed, cancellationToken) => new VerbRun(verb, parsed, common, cancellationToken).RunAsync());
        return command;
    }
}
