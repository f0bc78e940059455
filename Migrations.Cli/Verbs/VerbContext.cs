using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Migrations.Cli.CommandLine;
using Migrations.Cli.Configuration;
using Migrations.Cli.Loading;
using Migrations.Cli.Output;
using Migrations.Runner;
using Migrations.Runner.Files;
using Migrations.Runner.Status;
using Migrations.Runner.Upgrade;

namespace Migrations.Cli.Verbs;

/// <summary>What a verb works with: its arguments, and the migrations and the database that they name.</summary>
internal sealed class VerbContext(ParseResult parsed, CommonOptions common, Terminal terminal, CancellationToken cancellationToken) : IAsyncDisposable
{
    private DatabaseMigratorOptions? options;
    private DatabaseMigrator? migrator;
    private Func<DatabaseStatus, string?>? refusal;

    public ParseResult Parsed => parsed;

    public Terminal Terminal => terminal;

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>The project that was built; null where assemblies were named.</summary>
    public BuiltProject? Project { get; private set; }

    /// <summary>The database's migrator; null before it was opened.</summary>
    public DatabaseMigrator? Migrator => migrator;

    /// <summary>The migrations, and how they are run.</summary>
    public DatabaseMigratorOptions Options => options ?? throw new InvalidOperationException("Load them first.");

    /// <summary>Whether an option names the database.</summary>
    public bool NamesDatabaseByOption => parsed.GetResult(common.Database) is { Implicit: false } || parsed.GetResult(common.Connection) is { Implicit: false };

    /// <summary>Whether an option or migrations.json names the database.</summary>
    public bool NamesDatabase => Setup.Read(parsed, common).Database() is not null;

    public MigratorSettings Settings => MigratorSettings.Of(options ?? throw new InvalidOperationException("Open it first."));

    public DatabaseFile File
    {
        get
        {
            MigratorSettings settings = Settings;
            return new(settings.ConnectionString, settings.BusyTimeout, settings.ConnectionOpened);
        }
    }

    /// <summary>The application's own migrations, those left out for their tags excepted; without any where all come from modules.</summary>
    public MigrationCatalog Catalog
    {
        get
        {
            MigratorSettings settings = Settings;
            return MigrationCatalog.Read(settings.Modules.FirstOrDefault(module => module.Name.Length == 0) ?? new("", [], [], null), settings.Tags);
        }
    }

    /// <summary>Loads the migrations and makes a migrator of the database, which is not opened yet.</summary>
    /// <exception cref="ToolException">They can't be loaded, or the options have faults.</exception>
    public async Task<DatabaseMigrator> OpenAsync()
    {
        Setup setup = Setup.Read(parsed, common);
        NamedDatabase? database = setup.Database();
        await LoadAsync(setup, application => database?.ConnectionString(application)
            ?? (application.Length > 0
                ? application
                : throw ToolException.Usage($"No database is named: give --database FILE, or put \"database\" into {ConfigurationFile.Name}.")));
        Options.Refuse = status => refusal?.Invoke(status);
        migrator = DatabaseMigrator.Create(Options, new ConsoleLog(terminal));
        return migrator;
    }

    /// <summary>Has the database refused for a reason that is looked for again under the upgrade lock: others may have upgraded it meanwhile.</summary>
    /// <param name="reason">Finds the reason; null where there is none.</param>
    public void Refuse(Func<DatabaseStatus, string?> reason) => refusal = reason;

    /// <summary>Loads the migrations, for a verb that needs no database.</summary>
    /// <param name="mayBeWithout">Whether there need not be one yet.</param>
    /// <exception cref="ToolException">They can't be loaded, or the options have faults.</exception>
    public Task LoadMigrationsAsync(bool mayBeWithout = false) => LoadAsync(Setup.Read(parsed, common), NamedDatabase.None, mayBeWithout);

    /// <summary>Loads the migrations, for a verb that takes databases as arguments: all but the data source of the connection string holds for them.</summary>
    /// <exception cref="ToolException">They can't be loaded, the options have faults, or name a database.</exception>
    public Task LoadForFilesAsync() => parsed.GetValue(common.Database) is null && parsed.GetValue(common.Connection) is null
        ? LoadAsync(Setup.Read(parsed, common), application => NamedDatabase.ForFile("fleet.db", application))
        : throw ToolException.Usage("The databases are arguments of their own here: leave --database and --connection out.");

    /// <summary>Makes sure that a version is that of one of the migrations, or 0.</summary>
    /// <exception cref="ToolException">It is none of them.</exception>
    public void RequireVersion(long version)
    {
        MigrationCatalog known = Catalog;
        if (known.Count == 0)
        {
            throw ToolException.Usage("A version is one of the application's own migrations, and all of these come from modules: leave it out.");
        }

        if (version != 0 && known.IndexOf(version) < 0)
        {
            throw ToolException.Usage(string.Create(
                CultureInfo.InvariantCulture,
                $"There is no migration {version}: the newest one is {known.Migrations[^1]}, and 0 is the version before the first one."));
        }
    }

    /// <summary>Asks before something that can't be taken back; yes where --yes was given.</summary>
    /// <param name="yes">The option --yes.</param>
    /// <param name="reason">What would be done, with a space or a new line at its end.</param>
    /// <exception cref="ToolException">The answer is no, or there is nobody to ask.</exception>
    public async Task RequireYesAsync(Option<bool> yes, string reason)
    {
        if (parsed.GetValue(yes))
        {
            return;
        }

        if (!terminal.CanAsk)
        {
            throw new ToolException(ExitCode.Refused, $"{reason}There is nobody to ask whether it may be done: say so beforehand (--yes). Nothing was changed.");
        }

        if (!await Terminal.ConfirmAsync($"{reason}Go on?", cancellationToken))
        {
            throw new ToolException(ExitCode.Refused, "Nothing was changed.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (migrator is not null)
        {
            await migrator.DisposeAsync();
        }
    }

    private async Task LoadAsync(Setup setup, Func<string, string> connectionString, bool mayBeWithout = false)
    {
        Project = setup.Project is { } project
            ? await new ProjectBuild(project, setup.Configuration, terminal, cancellationToken).RunAsync()
            : null;
        ImmutableArray<string> paths = Project is { } built ? [built.Assembly] : setup.Assemblies;
        DatabaseMigratorOptions made = MigratorOptions.Make(setup, MigrationAssemblies.Load(paths, setup.Modules), mayBeWithout);
        made.ConnectionString = connectionString(made.ConnectionString);
        IReadOnlyList<string> faults = OptionFaults.Of(made);
        options = faults.Count == 0 ? made : throw ToolException.Usage(string.Join(" ", faults));
    }
}
