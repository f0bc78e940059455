using System.CommandLine;
using System.Globalization;
using Migrations.Cli.CommandLine;
using Migrations.Cli.Output;
using Migrations.Runner;

namespace Migrations.Cli.Verbs;

internal sealed class RestoreVerb() : Verb(
    "restore",
    "Puts a backup back into the database. The backup is verified first, and the database as it is now is backed up. Always asks.",
    "dotnet migrations restore app.db.20260102T030405678Z.v5.backup --yes --assembly bin/App.dll --database app.db")
{
    private readonly Argument<string> source = new("file") { Description = "The backup's file: see backups." };

    private readonly Option<bool> yes = new("--yes", "-y") { Description = "Does it without asking." };

    public override async Task<Answer> RunAsync(VerbContext context)
    {
        DatabaseMigrator migrator = await context.OpenAsync();
        string path = Path.GetFullPath(context.Parsed.GetRequiredValue(source));
        if (!File.Exists(path))
        {
            throw ToolException.Usage($"There is no backup \"{path}\": `backups` lists those that there are.");
        }

        string database = context.File.Name;
        await context.RequireYesAsync(yes, $"All that \"{database}\" holds now would be replaced by \"{path}\". ");
        RestoreResult result;
        using (ProgressDisplay display = ProgressDisplay.On(context.Terminal))
        {
            result = await migrator.RestoreAsync(path, new ProgressTee(display.Report), context.CancellationToken);
        }

        RestoreShape shape = new(
            database, path, result.Previous is { } previous ? BackupShape.Of(previous) : null, result.DamagedPath, Math.Round(result.Duration.TotalMilliseconds, 1));
        return Answer.Of(ExitCode.Done, shape, Shapes.Default.RestoreShape, terminal => Write(terminal, shape, migrator.GetStatus()));
    }

    protected override void AddTo(Command command)
    {
        command.Add(source);
        command.Add(yes);
    }

    private static void Write(Terminal terminal, RestoreShape restore, DatabaseStatus status)
    {
        terminal.Line(
            string.Create(CultureInfo.InvariantCulture, $"\"{restore.Restored}\" was put back into \"{restore.Database}\" in {restore.Milliseconds / 1000:0.0} s."), "green");
        if (restore.Previous is not null)
        {
            terminal.Line($"What was there before is \"{restore.Previous.Path}\".");
        }

        if (restore.Damaged is not null)
        {
            terminal.Line($"What was left of the damaged database is \"{restore.Damaged}\".");
        }

        terminal.Line(ToolWords.Of(status.Message));
    }
}
