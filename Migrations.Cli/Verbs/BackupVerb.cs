using System.CommandLine;
using System.Globalization;
using Migrations.Cli.CommandLine;
using Migrations.Cli.Output;
using Migrations.Runner;

namespace Migrations.Cli.Verbs;

internal sealed class BackupVerb() : Verb(
    "backup",
    "Makes a verified backup by SQLite's backup API, while the application may go on. The file must not be there yet; without a name it goes "
    + "to the other backups, where later upgrades delete it when it has become an old one.",
    """
    dotnet migrations backup --assembly bin/App.dll --database app.db
    dotnet migrations backup safe/app-before-the-move.db
    """)
{
    private readonly Argument<string?> target = new("file")
    {
        Description = "The backup's file.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public override string WhenCancelled(VerbContext context) => "Cancelled. There is no backup.";

    public override async Task<Answer> RunAsync(VerbContext context)
    {
        DatabaseMigrator migrator = await context.OpenAsync();
        DatabaseBackup backup;
        using (ProgressDisplay display = ProgressDisplay.On(context.Terminal))
        {
            backup = await migrator.BackupAsync(context.Parsed.GetValue(target), new ProgressTee(display.Report), context.CancellationToken);
        }

        BackupShape shape = BackupShape.Of(backup);
        return Answer.Of(ExitCode.Done, shape, Shapes.Default.BackupShape, terminal => terminal.Line(
            string.Create(CultureInfo.InvariantCulture, $"\"{shape.Path}\" is a backup of {BackupLines.Versions(shape.Versions)}, {shape.Size:N0} bytes, verified."),
            "green"));
    }

    protected override void AddTo(Command command) => command.Add(target);
}
