using System.Collections.Immutable;
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
    dotnet migrations schema --project src/App --output schema.sql
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

    private readonly Option<string?> output = new("--output")
    {
        Description = "Writes to this file instead of standard output: all of it or nothing.",
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
        if (context.Parsed.GetValue(check) is not null && context.Parsed.GetValue(output) is not null)
        {
            throw ToolException.Usage("--check compares and --output writes: leave one.");
        }

        await context.LoadMigrationsAsync();
        long? at = context.Parsed.GetValue(version);
        if (at is { } asked)
        {
            context.RequireVersion(asked);
        }

        string text = await Task.Run(() => Text(context, at), context.CancellationToken);
        return context.Parsed.GetValue(check) is { } compared ? await CompareAsync(Path.GetFullPath(compared), text, context.CancellationToken)
            : context.Parsed.GetValue(output) is { } written ? Save(Path.GetFullPath(written), text)
            : Answer.Of(ExitCode.Done, new(text, null, null, []), Shapes.Default.SchemaShape, _ => Terminal.Write(text));
    }

    protected override void AddTo(Command command)
    {
        command.Add(version);
        command.Add(check);
        command.Add(output);
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

    private static async Task<Answer> CompareAsync(string path, string text, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw ToolException.Usage($"There is no file \"{path}\" to compare with: `schema --output` writes one.");
        }

        ImmutableArray<string> difference = LineDiff.Of(Lines(await File.ReadAllTextAsync(path, cancellationToken)), Lines(text), string.Equals);
        return Answer.Of(
            difference.IsEmpty ? ExitCode.Done : ExitCode.Differs,
            new(text, path, difference.IsEmpty, difference),
            Shapes.Default.SchemaShape,
            terminal => Write(terminal, path, difference));
    }

    private static Answer Save(string path, string text)
    {
        bool isSame = TextFile.Write(path, text);
        return Answer.Of(
            ExitCode.Done,
            new(text, path, isSame, []),
            Shapes.Default.SchemaShape,
            terminal => terminal.Line(isSame ? $"\"{path}\" is what the migrations make." : $"\"{path}\" was written.", "green"));
    }

    private static ImmutableArray<string> Lines(string text) => [.. text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n')];

    private static void Write(Terminal terminal, string path, ImmutableArray<string> difference)
    {
        if (difference.IsEmpty)
        {
            terminal.Line($"\"{path}\" is what the migrations make.", "green");
            return;
        }

        terminal.Line($"\"{path}\" is not what the migrations make (- the file, + the migrations):", "red");
        foreach (string line in difference)
        {
            terminal.Line(line, line[0] switch { '-' => "red", '+' => "green", _ => null });
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
