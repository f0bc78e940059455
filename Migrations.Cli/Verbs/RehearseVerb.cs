using System.CommandLine;
using System.Globalization;
using Migrations.Cli.CommandLine;
using Migrations.Cli.Output;
using Migrations.Runner;
using Migrations.Runner.Rehearsal;
using Migrations.Runner.Upgrade;

namespace Migrations.Cli.Verbs;

internal sealed class RehearseVerb() : Verb(
    "rehearse",
    "Does the upgrade on a temporary copy, made by SQLite's backup API while the application may go on, and checks the copy as verify does. Then takes "
    + "each migration back and applies it again, and compares schema and rows each time with what was there. Tells how long all of it takes. The "
    + "database itself is only read. Code in migrations that reaches outside of the database, such as into files, does so here too.",
    """
    dotnet migrations rehearse --project src/App --database app.db
    dotnet migrations rehearse --folder /big/disk --keep
    """)
{
    private readonly Option<long?> to = new("--to")
    {
        Description = "The version to go to. The default is the newest one.",
        HelpName = "version",
        CustomParser = result => VersionArgument.Parse(result),
    };

    private readonly Option<string?> folder = new("--folder")
    {
        Description = "Where the copies are made; they take up to five times the room of the database. The default is the system's folder of temporary files.",
        HelpName = "folder",
    };

    private readonly Option<bool> keep = new("--keep") { Description = "Lets the upgraded copy stay, and says where it is." };

    public override string WhenCancelled(VerbContext context) => "Cancelled. The copy was deleted; the database itself was not touched.";

    public override async Task<Answer> RunAsync(VerbContext context)
    {
        DatabaseMigrator migrator = await context.OpenAsync();
        if (!context.File.Exists)
        {
            throw ToolException.Usage($"There is no database \"{context.File.Name}\" to copy.");
        }

        RehearsalOptions options = new()
        {
            Target = Target(context, migrator),
            Folder = context.Parsed.GetValue(folder) is { } named ? Path.GetFullPath(named) : null,
            Keeps = context.Parsed.GetValue(keep),
        };
        RehearsalResult result;
        using (ProgressDisplay display = ProgressDisplay.On(context.Terminal, copying: "copy"))
        {
            result = await Task.Run(
                () => new RehearsalRun(context.Settings, context.File, new ConsoleLog(context.Terminal), display.Report, context.CancellationToken).Run(options),
                context.CancellationToken);
        }

        RehearsalShape shape = RehearsalShape.Of(result);
        return Answer.Of(
            shape.IsClean ? ExitCode.Done : ExitCode.Differs, shape, Shapes.Default.RehearsalShape, terminal => RehearsalLines.Write(terminal, result, shape));
    }

    protected override void AddTo(Command command)
    {
        command.Add(to);
        command.Add(folder);
        command.Add(keep);
    }

    private MigrationTarget Target(VerbContext context, DatabaseMigrator migrator)
    {
        if (context.Parsed.GetValue(to) is not { } version)
        {
            return MigrationTarget.Newest;
        }

        context.RequireVersion(version);
        DatabaseStatus status = migrator.GetStatus();
        return status.Modules.FirstOrDefault(module => module.Module.Length == 0) is { } own && own.NewestApplied > version
            ? throw new ToolException(
                ExitCode.Refused,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"\"{status.Database}\" is at version {own.NewestApplied}, above {version}: what is rehearsed is an upgrade. Nothing was changed."))
            : new("", version);
    }
}
