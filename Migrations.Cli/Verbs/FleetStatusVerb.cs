using System.CommandLine;
using System.Globalization;
using Migrations.Cli.CommandLine;
using Migrations.Cli.Output;
using Migrations.Runner;
using Migrations.Runner.Fleet;

namespace Migrations.Cli.Verbs;

internal sealed class FleetStatusVerb() : Verb(
    "fleet status",
    "Compares many databases with the migrations, a line each. Takes no lock, writes nothing.",
    "dotnet migrations fleet status \"tenants/*.db\" --assembly bin/App.dll")
{
    private readonly FleetArguments fleet = new();

    public override async Task<Answer> RunAsync(VerbContext context)
    {
        FleetFiles files = fleet.Find(context);
        await context.LoadForFilesAsync();
        FleetOptions options = new() { Migrator = context.Options, Parallel = fleet.Parallel(context) };
        FleetStatusShape shape = new([.. (await FleetSurvey.RunAsync(files.Files, options, context.CancellationToken)).Select(FleetFileStatusShape.Of)]);
        return Answer.Of(
            shape.Files.Max(file => Severity(file.State)).Code, shape, Shapes.Default.FleetStatusShape, terminal => Write(terminal, shape));
    }

    protected override void AddTo(Command command) => fleet.AddTo(command);

    // What an upgrade of the fleet would meet, the worst of it last.
    private static (int Rank, ExitCode Code) Severity(DatabaseState state) => state switch
    {
        DatabaseState.UpToDate => (0, ExitCode.Done),
        DatabaseState.Pending => (1, ExitCode.Pending),
        DatabaseState.Unusable => (3, ExitCode.Failed),
        _ => (2, ExitCode.Refused),
    };

    private static void Write(Terminal terminal, FleetStatusShape fleet)
    {
        Table table = new();
        foreach (FleetFileStatusShape file in fleet.Files)
        {
            table.Add(
                Severity(file.State).Code switch
                {
                    ExitCode.Done => null,
                    ExitCode.Pending => "green",
                    _ => "red",
                },
                FleetWords.Of(file.State),
                FleetWords.Name(file.File),
                FleetWords.Way(file.Versions, file.Versions),
                file.Pending == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{file.Pending} pending{(file.Losses.IsEmpty ? "" : ", data would be lost")}"));
        }

        table.WriteTo(terminal);
        terminal.Line();
        foreach (FleetFileStatusShape file in fleet.Files.Where(file => Severity(file.State).Rank > 1))
        {
            terminal.Line(file.Message);
        }

        terminal.Line($"{FleetWords.Counts(fleet.Files.Select(file => file.State), FleetWords.Of)} of {FleetWords.Files(fleet.Files.Length)}.");
    }
}
