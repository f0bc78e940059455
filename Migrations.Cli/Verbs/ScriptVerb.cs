using System.CommandLine;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Migrations.Cli.CommandLine;
using Migrations.Cli.Output;
using Migrations.Runner.Scripting;
using Migrations.Runner.Verification;

namespace Migrations.Cli.Verbs;

internal sealed class ScriptVerb() : Verb(
    "script",
    "Writes SQL that does in the sqlite3 shell what an upgrade would do: on a database that is at --from or, where a database is named instead, on that one. "
    + "The script checks what it runs on, fails as a whole with each migration, and leaves the same rows, schema and history. Only reads the database.",
    """
    dotnet migrations script --project src/App --from 4 --output upgrade.sql
    dotnet migrations script --project src/App --database app.db > upgrade.sql
    dotnet migrations script --project src/App --from 5 --to 4 > downgrade.sql
    sqlite3 app.db < upgrade.sql
    """)
{
    private readonly Option<long?> from = new("--from")
    {
        Description = "The version that the databases are at. The default is that of the database that is named, or else 0: a new one.",
        HelpName = "version",
        CustomParser = result => VersionArgument.Parse(result),
    };

    private readonly Option<long?> to = new("--to")
    {
        Description = "The version to go to, up or down. The default is the newest one.",
        HelpName = "version",
        CustomParser = result => VersionArgument.Parse(result),
    };

    private readonly Option<string?> output = new("--output", "-o")
    {
        Description = "The file to write; it must not be there yet. The default is standard output.",
        HelpName = "file",
    };

    public override async Task<Answer> RunAsync(VerbContext context)
    {
        string? path = context.Parsed.GetValue(output) is { } named ? Path.GetFullPath(named) : null;
        if (File.Exists(path))
        {
            throw ToolException.Usage($"There is a file \"{path}\" already: name another one, or delete it first.");
        }

        UpgradeScript script = await MakeAsync(context);
        ScriptShape shape = new(
            script.From, script.To, script.Database, [.. script.Migrations.Select(ScriptedMigrationShape.Of)], script.Sql, path);
        if (path is null)
        {
            return Answer.Of(ExitCode.Done, shape, Shapes.Default.ScriptShape, _ => Terminal.Write(script.Sql));
        }

        await WriteAsync(path, script.Sql, context.CancellationToken);
        return Answer.Of(ExitCode.Done, shape, Shapes.Default.ScriptShape, terminal => terminal.Line(
            $"\"{path}\" goes from version {script.From} to {script.To}: {script.Migrations.Length} {(script.Migrations.Length == 1 ? "migration" : "migrations")}."));
    }

    protected override void AddTo(Command command)
    {
        command.Add(from);
        command.Add(to);
        command.Add(output);
    }

    private async Task<UpgradeScript> MakeAsync(VerbContext context)
    {
        long? start = context.Parsed.GetValue(from);
        long? end = context.Parsed.GetValue(to);
        bool isForDatabase = context.NamesDatabase;
        if (start is not null && context.NamesDatabaseByOption)
        {
            throw ToolException.Usage("--from is the version of the database that is named: leave one of them.");
        }

        isForDatabase &= start is null;
        if (isForDatabase)
        {
            await context.OpenAsync();
        }
        else
        {
            await context.LoadMigrationsAsync();
        }

        foreach (long asked in (IEnumerable<long>)[.. start is { } first ? [first] : (long[])[], .. end is { } last ? [last] : (long[])[]])
        {
            context.RequireVersion(asked);
        }

        ScriptRun run = new(context.Settings, NullLoggerFactory.Instance, context.CancellationToken);
        try
        {
            return await Task.Run(
                () => isForDatabase ? run.Run(context.File, end) : run.Run(start ?? 0, end ?? FreshDatabase.Newest(context.Settings, "")),
                context.CancellationToken);
        }
        catch (ScriptRefusedException e)
        {
            throw new ToolException(ExitCode.Refused, e.Message, e);
        }
    }

    private static async Task WriteAsync(string path, string sql, CancellationToken cancellationToken)
    {
        try
        {
            // Without a byte order mark, which older shells would take for a part of the first statement.
            await File.WriteAllTextAsync(path, sql, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ToolException.Usage($"\"{path}\" can't be written: {e.Message}", e);
        }
    }
}
