using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Migrations.Cli.CommandLine;
using Migrations.Cli.Output;
using Migrations.Runner.Fleet;

namespace Migrations.Cli.Verbs;

internal sealed class FleetUpgradeVerb() : Verb(
    "fleet upgrade",
    "Upgrades many databases, as upgrade does each of them, several at a time, and goes on where one fails. Asks once before data is lost, "
    + "as upgrade does. Creates no database. May be repeated: what is up to date is left alone, what failed or was cancelled is done then.",
    """
    dotnet migrations fleet upgrade "tenants/*.db" --assembly bin/App.dll --parallel 8
    dotnet migrations fleet upgrade "tenants/**/app.db" --to 20260101 --stop-after 3 --report fleet.jsonl --yes
    """)
{
    private readonly FleetArguments fleet = new();

    private readonly Option<long?> to = new("--to")
    {
        Description = "The version to stop at. The default is the newest one.",
        HelpName = "version",
        CustomParser = result => VersionArgument.Parse(result),
    };

    private readonly Option<int?> stopAfter = new("--stop-after")
    {
        Description = "After how many failed or locked files no other one is begun. The default is to go on to the end.",
        HelpName = "count",
    };

    private readonly Option<string?> report = new("--report")
    {
        Description = "A file that gets a line of JSON for each database as it ends. What is in it stays.",
        HelpName = "file",
    };

    private readonly Option<bool> yes = new("--yes", "-y") { Description = "Does it without asking." };

    public override async Task<Answer> RunAsync(VerbContext context)
    {
        FleetFiles files = fleet.Find(context);
        await context.LoadForFilesAsync();
        FleetOptions options = Options(context);
        if (!options.AllowsDataLoss)
        {
            options = options with { AllowsDataLoss = await AskAsync(context, files.Files, options) };
        }

        long started = Stopwatch.GetTimestamp();
        using FleetReport? lines = context.Parsed.GetValue(report) is { } path ? FleetReport.Open(path) : null;
        ImmutableArray<FleetResult> results = await new FleetRun(options, new ConsoleLog(context.Terminal), (count, result) =>
        {
            FleetFileShape ended = FleetFileShape.Of(result);
            context.Terminal.Note(string.Create(CultureInfo.InvariantCulture, $"[{count}/{files.Files.Length}] {Line(ended)}"));
            lines?.Add(ended);
        }).RunAsync(files.Files, context.CancellationToken);

        if (lines?.Fault is { } fault)
        {
            context.Terminal.Note(fault);
        }

        FleetShape shape = new(
            [.. results.Select(FleetFileShape.Of)],
            FleetCountsShape.Of(results),
            Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 1));
        return Answer.Of(
            lines?.Fault is null ? CodeOf(results, context.CancellationToken.IsCancellationRequested) : ExitCode.Failed,
            shape,
            Shapes.Default.FleetShape,
            terminal => Write(terminal, shape));
    }

    protected override void AddTo(Command command)
    {
        fleet.AddTo(command);
        command.Add(to);
        command.Add(stopAfter);
        command.Add(report);
        command.Add(yes);
    }

    private FleetOptions Options(VerbContext context)
    {
        long? version = context.Parsed.GetValue(to);
        if (version is { } asked)
        {
            context.RequireVersion(asked);
        }

        int? failures = context.Parsed.GetValue(stopAfter);
        return failures is < 1
            ? throw ToolException.Usage("--stop-after must be 1 or more.")
            : new()
            {
                Migrator = context.Options,
                Version = version,
                AllowsDataLoss = context.Parsed.GetValue(yes),
                Parallel = fleet.Parallel(context),
                StopAfter = failures,
            };
    }

    private async Task<bool> AskAsync(VerbContext context, ImmutableArray<string> files, FleetOptions options)
    {
        FleetForecast forecast = new(options);
        await forecast.RunAsync(files, context.CancellationToken);
        if (forecast.Lines is not { Length: > 0 } lines)
        {
            return false;
        }

        string sentence = $"Data would be lost, or may be, in {forecast.Files} of {FleetWords.Files(files.Length)}"
            + (forecast.Unknown == 0 ? ":" : string.Create(CultureInfo.InvariantCulture, $"; of {FleetWords.Files(forecast.Unknown)} it can't be told beforehand:"));
        await context.RequireYesAsync(yes, sentence + Environment.NewLine + string.Concat(lines.Select(line => $"  {line}{Environment.NewLine}")));
        return true;
    }

    private static ExitCode CodeOf(ImmutableArray<FleetResult> results, bool isCancelled)
    {
        bool Any(params ReadOnlySpan<FleetOutcome> outcomes)
        {
            foreach (FleetResult result in results)
            {
                if (outcomes.Contains(result.Outcome))
                {
                    return true;
                }
            }

            return false;
        }

        return isCancelled && Any(FleetOutcome.Cancelled, FleetOutcome.NotBegun) ? ExitCode.Cancelled
            : Any(FleetOutcome.Failed, FleetOutcome.Locked) ? ExitCode.Failed
            : Any(FleetOutcome.Refused) ? ExitCode.Refused
            : ExitCode.Done;
    }

    private static string Line(FleetFileShape file)
    {
        string name = FleetWords.Name(file.File);
        return file.Outcome switch
        {
            FleetOutcome.Upgraded => $"{name}: {FleetWords.Way(file.From, file.To)} in {FleetWords.Seconds(file.Milliseconds)}",
            FleetOutcome.UpToDate => $"{name}: up to date at {FleetWords.Versions(file.To)}",
            _ => $"{name}: {FleetWords.Of(file.Outcome)}: {file.Message}",
        };
    }

    private static void Write(Terminal terminal, FleetShape fleet)
    {
        Table table = new();
        foreach (FleetFileShape file in fleet.Files)
        {
            bool isBegun = file.Outcome != FleetOutcome.NotBegun;
            table.Add(
                Style(file.Outcome),
                FleetWords.Of(file.Outcome),
                FleetWords.Name(file.File),
                isBegun ? FleetWords.Way(file.From, file.To) : "",
                isBegun ? FleetWords.Seconds(file.Milliseconds) : "");
        }

        table.WriteTo(terminal);
        terminal.Line();
        foreach (FleetFileShape file in fleet.Files.Where(file => file.Message is not null))
        {
            terminal.Line(file.Message!); // Just looked for.
        }

        bool isWhole = fleet.Files.All(file => file.Outcome is FleetOutcome.Upgraded or FleetOutcome.UpToDate);
        terminal.Line(
            $"{FleetWords.Counts(fleet.Files.Select(file => file.Outcome), FleetWords.Of)} of {FleetWords.Files(fleet.Files.Length)} in {FleetWords.Seconds(fleet.Milliseconds)}."
            + (isWhole ? "" : " Repeat it for those that are left, once their causes are mended: the others are left alone."),
            isWhole ? "green" : "red");
    }

    private static string? Style(FleetOutcome outcome) => outcome switch
    {
        FleetOutcome.Upgraded => "green",
        FleetOutcome.UpToDate => null,
        FleetOutcome.Cancelled or FleetOutcome.NotBegun => "yellow",
        _ => "red",
    };
}
