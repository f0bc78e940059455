using System.CommandLine;
using Migrations.Cli.CommandLine;
using Migrations.Cli.Output;

namespace Migrations.Cli.Verbs;

/// <summary>Runs a verb, and writes its answer, or why there is none.</summary>
internal sealed class VerbRun(Verb verb, ParseResult parsed, CommonOptions common, CancellationToken cancellationToken)
{
    public async Task<int> RunAsync()
    {
        Terminal terminal = new(parsed, common);
        await using VerbContext context = new(parsed, common, terminal, cancellationToken);
        try
        {
            return terminal.Succeed(verb.Name, await verb.RunAsync(context));
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            return terminal.Fail(verb.Name, Failure.Cancelled(verb.WhenCancelled(context), e));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return terminal.Fail(verb.Name, Failure.Of(e));
        }
    }
}
