using System.CommandLine;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Cli.CommandLine;
using Migrations.Cli.Diagrams;
using Migrations.Cli.Output;
using Migrations.Core.Schema;
using Migrations.Core.Schema.Script;
using Migrations.Runner.History;
using Migrations.Runner.Status;
using Migrations.Runner.Verification;

namespace Migrations.Cli.Verbs;

internal sealed class SchemaVerb() : Verb(
    "schema",
    "Writes the schema that the migrations make on a new database, as SQL in an order that does not depend on how it came about: a file for version control, "
    + "in which each migration's effect can be reviewed. Needs no database.",
    """
    dotnet migrations schema --project src/App > schema.sql
    dotnet migrations schema --project src/App --check schema.sql
    dotnet migrations schema --project src/App --format mermaid
    """)
{
    private const string Sql = "sql";
    private const string Mermaid = "mermaid";

    private readonly Option<string?> check = new("--check")
    {
        Description = "Writes nothing, and compares with this file: ends with 5 where it differs.",
        HelpName = "file",
    };

    private readonly Option<string> format = Format();

    private readonly Option<long?> version = new("--at")
    {
        Description = "The version whose schema is meant. The default is the newest one.",
        HelpName = "version",
        CustomParser = result => VersionArgument.Parse(result),
    };

    public override async Task<Answer> RunAsync(VerbContext context)
    {
        await context.LoadMigrationsAsync();
        long? at = context.Parsed.GetValue(version);
        if (at is { } asked)
        {
            context.RequireVersion(asked);
        }

        string text = await Task.Run(() => Text(context, at), context.CancellationToken);
        if (context.Parsed.GetValue(check) is not { } file)
        {
            return Answer.Of(ExitCode.Done, new(text, null, null), Shapes.Default.SchemaShape, _ => Terminal.Write(text));
        }

        string path = Path.GetFullPath(file);
        if (!File.Exists(path))
        {
            throw ToolException.Usage($"There is no file \"{path}\" to compare with.");
        }

        string[] expected = Lines(await File.ReadAllTextAsync(path, context.CancellationToken));
        string[] actual = Lines(text);
        bool isSame = expected.SequenceEqual(actual, StringComparer.Ordinal);
        return Answer.Of(
            isSame ? ExitCode.Done : ExitCode.Differs,
            new(text, path, isSame),
            Shapes.Default.SchemaShape,
            terminal => Write(terminal, path, isSame, expected, actual));
    }

    protected override void AddTo(Command command)
    {
        command.Add(version);
        command.Add(check);
        command.Add(format);
    }

    private static Option<string> Format()
    {
        Option<string> option = new("--format")
        {
            Description = "The text to write: sql, or mermaid for a diagram of the tables and their keys.",
            HelpName = "sql|mermaid",
            DefaultValueFactory = _ => Sql,
        };
        return option.AcceptOnlyFromAmong(Sql, Mermaid);
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    private static void Write(Terminal terminal, string path, bool isSame, string[] expected, string[] actual)
    {
        if (isSame)
        {
            terminal.Line($"\"{path}\" is what the migrations make.", "green");
            return;
        }

        terminal.Line($"\"{path}\" is not what the migrations make (- the file, + the migrations):", "red");
        HashSet<string> here = [.. expected];
        HashSet<string> there = [.. actual];
        foreach (string line in expected.Where(line => !there.Contains(line)))
        {
            terminal.Line($"- {line}", "red");
        }

        foreach (string line in actual.Where(line => !here.Contains(line)))
        {
            terminal.Line($"+ {line}", "green");
        }

        if (here.SetEquals(there))
        {
            terminal.Line("  the same lines in another order");
        }
    }

    private string Text(VerbContext context, long? at)
    {
        using SqliteConnection fresh = FreshDatabase.Build(
            context.Settings,
            module => at is { } target && module.Length == 0 ? target : FreshDatabase.Newest(context.Settings, module),
            context.CancellationToken);
        return context.Parsed.GetValue(format) == Mermaid
            ? EntityDiagram.Write(SchemaReader.Read(fresh, "main"), VersionHistory.TablesOf(context.Settings.Modules).Contains)
            : SchemaScript.Write(
                fresh,
                VersionHistory.TablesOf(context.Settings.Modules).Contains,
                context.Catalog.Known.Where(known => at is null || known.Version <= at).Select(Line));
    }

    // As the check of a test project writes it, so that both keep the same file.
    private static string Line(KnownMigration migration) =>
        string.Create(CultureInfo.InvariantCulture, $"{migration.Version} {(migration.Description ?? migration.Type.Name).ReplaceLineEndings(" ").Trim()}");
}
