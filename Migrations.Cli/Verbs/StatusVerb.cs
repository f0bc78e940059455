using System.Globalization;
using Migrations.Cli.CommandLine;
using Migrations.Cli.Output;
using Migrations.Runner;

namespace Migrations.Cli.Verbs;

internal sealed class StatusVerb() : Verb(
    "status",
    "Compares the database with the migrations: what is applied, pending, unknown, edited or out of order, and which backups there are. Takes no lock, writes nothing.",
    "dotnet migrations status --assembly bin/App.dll --database app.db")
{
    public override async Task<Answer> RunAsync(VerbContext context)
    {
        DatabaseMigrator migrator = await context.OpenAsync();
        DatabaseStatus status = migrator.GetStatus();
        StatusShape shape = StatusShape.Of(status, migrator.GetBackups());
        return Answer.Of(CodeOf(status.State), shape, Shapes.Default.StatusShape, terminal => Write(terminal, shape));
    }

    private static ExitCode CodeOf(DatabaseState state) => state switch
    {
        DatabaseState.UpToDate => ExitCode.Done,
        DatabaseState.New or DatabaseState.Pending => ExitCode.Pending,
        DatabaseState.Unusable => ExitCode.Failed,
        _ => ExitCode.Refused,
    };

    private static void Write(Terminal terminal, StatusShape status)
    {
        terminal.Line(status.Message);
        foreach (ModuleStatusShape module in status.Modules.Where(module => module.Migrations.Length > 0))
        {
            terminal.Line();
            if (module.Name.Length > 0)
            {
                terminal.Line($"Module {module.Name}:");
            }

            Table migrations = new();
            foreach (MigrationStatusShape migration in module.Migrations)
            {
                (string word, string? style) = Word(migration.State);
                migrations.Add(style, word, migration.Version.ToString(CultureInfo.InvariantCulture), migration.Name);
            }

            migrations.WriteTo(terminal);
        }

        if (!status.Backups.IsEmpty)
        {
            terminal.Line();
        }

        BackupLines.Write(terminal, status.Backups);
    }

    private static (string Word, string? Style) Word(MigrationState state) => state switch
    {
        MigrationState.Applied => ("applied", null),
        MigrationState.Edited => ("edited", "yellow"),
        MigrationState.Unknown => ("unknown", "red"),
        MigrationState.Pending => ("pending", "green"),
        _ => ("out of order", "red"),
    };
}
