using Migrations.Cli.CommandLine;
using Migrations.Cli.Output;
using Migrations.Runner.Verification;

namespace Migrations.Cli.Verbs;

internal sealed class VerifyVerb() : Verb(
    "verify",
    "Looks for all that could be wrong: pages and rows (integrity_check), foreign keys, views and triggers that do not compile, a history that is "
    + "not that of the migrations, and a schema that is not what they make. Takes no lock, writes nothing.",
    "dotnet migrations verify --assembly bin/App.dll --database app.db")
{
    public override string WhenCancelled(VerbContext context) => "Cancelled. Not all was looked at.";

    public override async Task<Answer> RunAsync(VerbContext context)
    {
        await context.OpenAsync();
        if (!context.File.Exists)
        {
            throw ToolException.Usage($"There is no database \"{context.File.Name}\" to look at.");
        }

        VerificationResult result = await Task.Run(
            () => new VerificationRun(context.Settings, context.File, context.CancellationToken).Run(), context.CancellationToken);
        VerificationShape shape = VerificationShape.Of(result);
        return Answer.Of(shape.IsWhole ? ExitCode.Done : ExitCode.Differs, shape, Shapes.Default.VerificationShape, terminal => Write(terminal, shape));
    }

    private static void Write(Terminal terminal, VerificationShape verification)
    {
        terminal.Line(verification.Message);
        if (verification.IsWhole)
        {
            terminal.Line("Nothing is wrong: pages and rows, foreign keys, views and triggers, history, schema.", "green");
            return;
        }

        FindingLines.Write(terminal, verification.Findings);
        FindingLines.WriteDifferences(terminal, verification.Differences);
        if (verification.NotCompared is not null)
        {
            terminal.Line();
            terminal.Line($"The schema was not compared with what the migrations make: {verification.NotCompared.TrimEnd('.')}.");
        }
    }
}
