using System.CommandLine;
using Migrations.Cli.Configuration;

namespace Migrations.Cli.CommandLine;

/// <summary>The options that every verb has.</summary>
internal sealed class CommonOptions
{
    public Option<string[]> Assemblies { get; } = new("--assembly", "-a")
    {
        Description = "An assembly with migrations, where it was built or published. May be given several times.",
        HelpName = "path.dll",
    };

    public Option<string?> Project { get; } = new("--project", "-p")
    {
        Description = "A project with migrations, or its folder: it is built first.",
        HelpName = "path",
    };

    public Option<string?> Configuration { get; } = new("--configuration", "-c")
    {
        Description = "The configuration to build --project in.",
        HelpName = "name",
    };

    public Option<ModuleSetting[]> Modules { get; } = new("--module")
    {
        Description = "Migrations that a library brings, with a history of their own. May be given several times, in the order of upgrading; the application's own come last.",
        HelpName = "name=path.dll",
        CustomParser = ModuleArgument.Parse,
    };

    public Option<string?> SetupClass { get; } = new("--setup")
    {
        Description = "The class with the application's options (IMigratorSetup), where the assemblies have several.",
        HelpName = "class",
    };

    public Option<string?> Database { get; } = new("--database", "-d")
    {
        Description = "The database's file.",
        HelpName = "file",
    };

    public Option<string?> Connection { get; } = new("--connection")
    {
        Description = "A connection string of Microsoft.Data.Sqlite instead of --database.",
        HelpName = "string",
    };

    public Option<string[]> Tags { get; } = new("--tag")
    {
        Description = "A tag whose migrations are run beside those without one. May be given several times.",
        HelpName = "name",
    };

    public Option<string[]> Allow { get; } = Words();

    public Option<string?> BackupFolder { get; } = new("--backup-folder")
    {
        Description = "Where backups are kept. The default is the database's folder.",
        HelpName = "folder",
    };

    public Option<int?> KeepBackups { get; } = new("--keep-backups")
    {
        Description = "How many backups stay after an upgrade. The default is 3.",
        HelpName = "count",
    };

    public Option<int?> Timeout { get; } = new("--timeout")
    {
        Description = "How long to wait for others who use the database. The default is 30 seconds for a writer, and 10 minutes for another upgrade.",
        HelpName = "seconds",
    };

    public Option<bool> Json { get; } = new("--json") { Description = "Writes one JSON object to standard output, errors too." };

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Writes neither log nor progress to standard error, only errors." };

    public Option<bool> NoColor { get; } = new("--no-color") { Description = "Writes no colours; so does the variable NO_COLOR." };

    public Option<bool> Verbose { get; } = new("--verbose") { Description = "Writes the whole log to standard error, and the stack trace of an error." };

    public void AddTo(Command root)
    {
        foreach (Option option in (Option[])
        [
            Assemblies, Project, Configuration, Modules, SetupClass, Database, Connection, Tags, Allow, BackupFolder, KeepBackups, Timeout, Json, Quiet, NoColor, Verbose,
        ])
        {
            option.Recursive = true;
            root.Add(option);
        }
    }

    private static Option<string[]> Words()
    {
        Option<string[]> option = new("--allow")
        {
            Description = $"What would be refused: {string.Join(", ", AllowedHistory.Words)}. May be given several times.",
            HelpName = "what",
        };
        return option.AcceptOnlyFromAmong(AllowedHistory.Words);
    }
}
