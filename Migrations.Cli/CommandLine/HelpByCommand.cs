using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Migrations.Cli.Verbs;

namespace Migrations.Cli.CommandLine;

/// <summary>The help of a command, with its example at the end, or with what holds for all of them.</summary>
internal sealed class HelpByCommand(HelpAction help, string ending) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        VerbCommand? verb = parseResult.CommandResult.Command as VerbCommand;
        verb?.Description = verb.Details;
        help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        if (verb is not null)
        {
            output.WriteLine("Example:");
            output.WriteLine($"  {verb.Example.ReplaceLineEndings($"{Environment.NewLine}  ")}");
            output.WriteLine();
        }
        else if (parseResult.CommandResult.Command is RootCommand)
        {
            output.Write(ending);
        }

        return (int)ExitCode.Done;
    }
}
