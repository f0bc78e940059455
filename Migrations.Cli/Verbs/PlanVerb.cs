using System.CommandLine;
using System.Globalization;
using Migrations.Cli.CommandLine;
using Migrations.Cli.Output;
using Migrations.Runner;
using Migrations.Runner.Backup;
using Migrations.Runner.Planning;

namespace Migrations.Cli.Verbs;

internal sealed class PlanVerb() : Verb(
    "plan",
    "Tells what each pending migration would do: a summary, then SQL with comments: for each table the strategy and why, rows, pages and indexes, what is kept, "
    + "what is lost, and what becomes of CREATE statements. Time and room are estimated. Found out on a copy of the schema without rows. Takes no lock, writes nothing.",
    """
    dotnet migrations plan --assembly bin/App.dll --database app.db
    dotnet migrations plan --to 4
    """)
{
    private readonly Option<long?> to = new("--to")
    {
        Description = "The version to go to, up or down. The default is the newest one.",
        HelpName = "version",
        CustomParser = result => VersionArgument.Parse(result),
    };

    public override async Task<Answer> RunAsync(VerbContext context)
    {
        DatabaseMigrator migrator = await context.OpenAsync();
        long? version = context.Parsed.GetValue(to);
        if (version is { } asked)
        {
            context.RequireVersion(asked);
        }

        UpgradePlan plan = await Task.Run(() => version is { } target ? migrator.Plan("", target) : migrator.Plan(), context.CancellationToken)
            .WaitAsync(context.CancellationToken);
        if (plan is { Error: { } refusal, Migrations.Count: 0 })
        {
            throw refusal;
        }

        PlanEstimate estimate = PlanEstimate.Of(plan, DriveSpace.Of);
        IReadOnlyDictionary<(string Module, long Version), string> declared = LossLines.Declared(context.Settings);
        PlanShape shape = PlanShape.Of(plan, declared, estimate);
        return Answer.Of(plan.Error is null ? ExitCode.Done : ExitCode.Failed, shape, Shapes.Default.PlanShape, terminal =>
        {
            WriteHead(terminal, shape);
            PlanSummary.Write(terminal, plan, estimate, declared);
            Write(terminal, plan, shape);
        });
    }

    protected override void AddTo(Command command) => command.Add(to);

    private static void WriteHead(Terminal terminal, PlanShape shape)
    {
        terminal.Line($"-- {shape.Message}");
        foreach (string missing in shape.Missing)
        {
            terminal.Line($"-- not in the copy of the schema: {missing}");
        }
    }

    private static void Write(Terminal terminal, UpgradePlan plan, PlanShape shape)
    {
        foreach ((PlannedMigration migration, PlannedMigrationShape shown) in plan.Migrations.Zip(shape.Migrations))
        {
            terminal.Line();
            if (shown.Loses is not null)
            {
                terminal.Line(string.Create(CultureInfo.InvariantCulture, $"-- {shown.Version} {shown.Name} loses data: {shown.Loses}"), "red");
            }

            terminal.Line(migration.ToString().TrimEnd());
        }

        if (shape.Fails is not null)
        {
            terminal.Line();
            terminal.Line($"-- It would fail here: {shape.Fails.ReplaceLineEndings($"{Environment.NewLine}-- ")}", "red");
        }
    }
}
