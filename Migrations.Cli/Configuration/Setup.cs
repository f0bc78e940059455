using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Cli.CommandLine;

namespace Migrations.Cli.Configuration;

/// <summary>Which migrations and which database are meant, by options and by migrations.json. Immutable.</summary>
internal sealed class Setup
{
    private const int LongestTimeout = 24 * 60 * 60;

    private readonly ParseResult parsed;
    private readonly CommonOptions common;
    private readonly ConfigurationFile? file;

    private Setup(ParseResult parsed, CommonOptions common, ConfigurationFile? file)
    {
        this.parsed = parsed;
        this.common = common;
        this.file = file;
        Modules = parsed.GetValue(common.Modules) is { Length: > 0 } modules ? [.. modules] : file?.Modules ?? [];
        (Assemblies, Project) = Migrations();
    }

    /// <summary>Full paths; empty where there is a project, or nothing but modules.</summary>
    public ImmutableArray<string> Assemblies { get; }

    /// <summary>The full path of a project or its folder; null where there are assemblies.</summary>
    public string? Project { get; }

    public ImmutableArray<ModuleSetting> Modules { get; }

    public string? Configuration => parsed.GetValue(common.Configuration) ?? file?.Configuration;

    /// <summary>The name of the class with the application's options; null for the only one.</summary>
    public string? SetupClass => parsed.GetValue(common.SetupClass) ?? file?.SetupClass;

    public ImmutableArray<string> Tags => parsed.GetValue(common.Tags) is { Length: > 0 } tags ? [.. tags] : file?.Tags ?? [];

    /// <summary>What is allowed of a history that is not as it should be.</summary>
    /// <exception cref="ToolException">The file has a word that means nothing.</exception>
    public ImmutableArray<string> Allow => parsed.GetValue(common.Allow) is { Length: > 0 } words ? [.. words]
        : file is null ? []
        : file.Allow.FirstOrDefault(word => !AllowedHistory.Words.Contains(word, StringComparer.Ordinal)) is { } wrong
            ? throw ToolException.Usage($"The key \"allow\" in \"{file.FullName}\" has the word \"{wrong}\", which means nothing. The words are: {string.Join(", ", AllowedHistory.Words)}.")
        : file.Allow;

    /// <summary>In seconds.</summary>
    /// <exception cref="ToolException">It is too short or too long.</exception>
    public int? Timeout => (parsed.GetValue(common.Timeout) ?? file?.Timeout) is { } seconds
        ? seconds is >= 0 and <= LongestTimeout
            ? seconds
            : throw ToolException.Usage(string.Create(
                CultureInfo.InvariantCulture, $"--timeout (\"timeout\" in {ConfigurationFile.Name}) is {seconds}: it must be between 0 and {LongestTimeout} seconds."))
        : null;

    public string? BackupFolder => parsed.GetValue(common.BackupFolder) is { } folder ? Path.GetFullPath(folder) : file?.BackupFolder;

    /// <summary>How many backups stay after an upgrade.</summary>
    /// <exception cref="ToolException">It is less than 1.</exception>
    public int? KeepBackups => (parsed.GetValue(common.KeepBackups) ?? file?.KeepBackups) is { } count
        ? count >= 1
            ? count
            : throw ToolException.Usage(string.Create(
                CultureInfo.InvariantCulture, $"--keep-backups (\"keepBackups\" in {ConfigurationFile.Name}) is {count}: keep at least 1."))
        : null;

    /// <summary>Reads options and the file.</summary>
    /// <exception cref="ToolException">They contradict each other, name no migrations, or the file can't be read.</exception>
    public static Setup Read(ParseResult parsed, CommonOptions common) => new(parsed, common, ConfigurationFile.Find(Directory.GetCurrentDirectory()));

    /// <summary>The database; null where none is named.</summary>
    /// <exception cref="ToolException">It is named twice.</exception>
    public NamedDatabase? Database() => (parsed.GetValue(common.Database), parsed.GetValue(common.Connection)) switch
    {
        ({ }, { }) => throw ToolException.Usage("--database and --connection both name a database: leave one."),
        ({ } database, null) => NamedDatabase.OfFile(Path.GetFullPath(database)),
        (null, { } connection) => NamedDatabase.OfConnection(connection),
        _ => OfFile(),
    };

    private (ImmutableArray<string> Assemblies, string? Project) Migrations()
    {
        ImmutableArray<string> assemblies = [.. (parsed.GetValue(common.Assemblies) ?? []).Select(Path.GetFullPath)];
        string? project = parsed.GetValue(common.Project) is { } named ? Path.GetFullPath(named) : null;
        string place = "--assembly and --project";
        if (assemblies.IsEmpty && project is null && file is not null)
        {
            (assemblies, project) = (file.Assemblies, file.Project);
            place = $"\"assembly\" and \"project\" in \"{file.FullName}\"";
        }

        return (assemblies.IsEmpty, project) switch
        {
            (false, { }) => throw ToolException.Usage($"{place} both name the migrations: leave one."),
            (true, null) when Modules.IsEmpty => throw ToolException.Usage(
                $"No migrations are named: give --assembly PATH.dll or --project PATH, or put \"assembly\" or \"project\" into {ConfigurationFile.Name}."),
            _ => (assemblies, project),
        };
    }

    private NamedDatabase? OfFile() => (file?.Database, file?.Connection) switch
    {
        ({ }, { }) => throw ToolException.Usage($"\"database\" and \"connection\" in \"{file!.FullName}\" both name a database: leave one."), // It has them.
        ({ } database, null) => NamedDatabase.OfFile(database),
        (null, { } connection) => NamedDatabase.OfConnection(Rooted(connection, file!.Folder)), // As above.
        _ => null,
    };

    // What the file says must not mean another database in each folder below it.
    private static string Rooted(string connection, string folder)
    {
        try
        {
            SqliteConnectionStringBuilder builder = new(connection);
            bool isPath = builder.DataSource.Length > 0
                && builder.Mode != SqliteOpenMode.Memory
                && builder.DataSource[0] is not (':' or '|')
                && !builder.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase);
            if (isPath)
            {
                builder.DataSource = Path.GetFullPath(builder.DataSource, folder);
            }

            return builder.ToString();
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return connection;
        }
    }
}
