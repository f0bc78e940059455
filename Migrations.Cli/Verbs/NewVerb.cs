using System.CommandLine;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Cli.Authoring;
using Migrations.Cli.CommandLine;
using Migrations.Cli.Output;
using Migrations.Core.Schema;
using Migrations.Runner.Drafting;
using Migrations.Runner.Drafting.Code;
using Migrations.Runner.History;
using Migrations.Runner.Status;
using Migrations.Runner.Verification;

namespace Migrations.Cli.Verbs;

internal sealed class NewVerb() : Verb(
    "new",
    "Writes the class of a new migration. Its version is the present moment (yyyyMMddHHmmss, UTC), or in the style of the versions that there are: after 3 comes 4. "
    + "With --from-sql or --from-database it drafts what leads from the schema that the migrations make to that one, and back; what would lose data, or may "
    + "be a rename, is marked for review. Never overwrites a file. Needs no database.",
    """
    dotnet migrations new AddQuota --project src/App
    dotnet migrations new "add quota" --from-sql schema.sql
    dotnet migrations new AddQuota --from-database changed.db --print
    """)
{
    private readonly Argument<string> name = new("name") { Description = "What it does, such as AddQuota or \"add quota\": the class is called so." };

    private readonly Option<string?> fromSql = new("--from-sql")
    {
        Description = "SQL that makes the schema to lead to, on an empty database in memory: such as what schema writes, changed by hand.",
        HelpName = "file",
    };

    private readonly Option<string?> fromDatabase = new("--from-database")
    {
        Description = "A database whose schema is the one to lead to. It is only read.",
        HelpName = "file",
    };

    private readonly Option<long?> version = new("--migration-version")
    {
        Description = "The version, above all others.",
        HelpName = "version",
        CustomParser = result => VersionArgument.Parse(result),
    };

    private readonly Option<string?> @namespace = new("--namespace")
    {
        Description = "The namespace. The default is that of the newest migration, where the file goes beside it, else that of the folder in the project.",
        HelpName = "name",
    };

    private readonly Option<string?> output = new("--output", "-o")
    {
        Description = "The folder of the file. The default is that of the newest migration's source, else that of the project, else the current one.",
        HelpName = "folder",
    };

    private readonly Option<bool> print = new("--print") { Description = "Writes the text to standard output, and no file." };

    public override async Task<Answer> RunAsync(VerbContext context)
    {
        MigrationName called = MigrationName.Parse(context.Parsed.GetRequiredValue(name));
        WantedSource? source = WantedSource.Of(context.Parsed.GetValue(fromSql), context.Parsed.GetValue(fromDatabase));
        await context.LoadMigrationsAsync(mayBeWithout: true);
        bool isPrinted = context.Parsed.GetValue(print);
        if (!isPrinted && context.Project is { } project && Path.GetExtension(project.File) is not ".csproj")
        {
            throw ToolException.Usage($"\"{project.File}\" is no project in C#, and migrations are written in C#: have the text printed (--print).");
        }

        MigrationCatalog catalog = context.Catalog;
        MigrationPlace place = MigrationPlace.Find(
            catalog.Known.LastOrDefault(), context.Project, context.Parsed.GetValue(output), context.Parsed.GetValue(@namespace));
        DraftOptions options = new()
        {
            Namespace = place.Namespace,
            ClassName = called.Class,
            Version = Version(catalog, context.Parsed.GetValue(version)),
            Description = called.Description,
            IsIgnored = VersionHistory.TablesOf(context.Settings.Modules).Contains,
        };
        RefuseTaken(catalog, options);
        if (context.Project is null)
        {
            await UnbuiltMigrations.RefuseAsync(place.Folder, catalog.Newest, context.CancellationToken);
        }

        MigrationDraft? draft = source is null ? null : await Task.Run(() => Draft(context, source, options), context.CancellationToken);
        string code = draft?.Code ?? MigrationFile.WriteEmpty(options);
        string? file = isPrinted || draft?.IsEmpty == true ? null : place.FileOf(options.ClassName, options.Version);
        if (file is not null)
        {
            await MigrationText.WriteAsync(file, code, context.CancellationToken);
        }

        NewShape shape = NewShape.Of(file, code, options, draft);
        return Answer.Of(ExitCode.Done, shape, Shapes.Default.NewShape, terminal => Write(terminal, shape, source));
    }

    public override string WhenCancelled(VerbContext context) => "Cancelled. No file was written.";

    protected override void AddTo(Command command)
    {
        command.Add(name);
        command.Add(fromSql);
        command.Add(fromDatabase);
        command.Add(output);
        command.Add(@namespace);
        command.Add(version);
        command.Add(print);
    }

    private static long Version(MigrationCatalog catalog, long? asked)
    {
        if (asked is not { } given)
        {
            return NextVersion.After(catalog.Newest, TimeProvider.System.GetUtcNow());
        }

        return given > catalog.Newest
            ? given
            : throw ToolException.Usage(string.Create(
                CultureInfo.InvariantCulture,
                $"Version {given} is not above {catalog.Newest}, the newest one, so databases that have that one would not take it: give a higher one."));
    }

    private static void RefuseTaken(MigrationCatalog catalog, DraftOptions options)
    {
        string type = options.Namespace.Length == 0 ? options.ClassName : $"{options.Namespace.Replace("@", "", StringComparison.Ordinal)}.{options.ClassName}";
        if (catalog.Module.Assemblies.FirstOrDefault(assembly => assembly.GetType(type) is not null) is { } assembly)
        {
            throw ToolException.Usage($"\"{assembly.Location}\" has a class {type} already: give the migration another name, or another namespace (--namespace).");
        }
    }

    private static MigrationDraft Draft(VerbContext context, WantedSource source, DraftOptions options)
    {
        DatabaseSchema wanted = source.Read(context.File, context.CancellationToken);
        using SqliteConnection fresh = FreshDatabase.Build(
            context.Settings, module => FreshDatabase.Newest(context.Settings, module), context.CancellationToken);
        return MigrationDrafter.Draft(SchemaReader.Read(fresh, "main"), wanted, options);
    }

    private static void Write(Terminal terminal, NewShape shape, WantedSource? source)
    {
        if (shape.Code is null)
        {
            terminal.Line($"The migrations make the schema of \"{source?.Path}\" already: there is nothing to draft, and no file was written.", "green");
            return;
        }

        // The text goes to standard output alone.
        Action<string> write = terminal.Note;
        if (shape.File is null)
        {
            Terminal.Write(shape.Code);
        }
        else
        {
            write = text => terminal.Line(text);
            terminal.Line(string.Create(CultureInfo.InvariantCulture, $"\"{shape.File}\" is migration {shape.Version}."), "green");
        }

        List(write, "To be looked at before it runs (REVIEW in the text):", shape.Review);
        List(write, "Not drafted, for no verb can change it (REVIEW in the text):", shape.NotDrafted);
    }

    private static void List(Action<string> write, string heading, RemarksShape remarks)
    {
        if (remarks.Up.IsEmpty && remarks.Down.IsEmpty)
        {
            return;
        }

        write("");
        write(heading);
        foreach (string remark in (IEnumerable<string>)[.. remarks.Up.Select(remark => $"  Up: {remark}"), .. remarks.Down.Select(remark => $"  Down: {remark}")])
        {
            write(remark);
        }
    }
}
