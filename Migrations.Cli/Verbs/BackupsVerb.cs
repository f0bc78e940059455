using Migrations.Cli.CommandLine;
using Migrations.Cli.Output;
using Migrations.Runner;

namespace Migrations.Cli.Verbs;

internal sealed class BackupsVerb() : Verb(
    "backups",
    "Lists the backups of the database, newest first, as the names of their files tell.",
    "dotnet migrations backups --assembly bin/App.dll --database app.db")
{
    public override async Task<Answer> RunAsync(VerbContext context)
    {
        DatabaseMigrator migrator = await context.OpenAsync();
        BackupsShape shape = new(context.File.Name, [.. migrator.GetBackups().Select(BackupShape.Of)]);
        return Answer.Of(ExitCode.Done, shape, Shapes.Default.BackupsShape, terminal =>
        {
            if (shape.Backups.IsEmpty)
            {
                terminal.Line($"There are no backups of \"{shape.Database}\".");
            }

            BackupLines.Write(terminal, shape.Backups);
        });
    }
}
