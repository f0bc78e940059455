using System.Collections.Immutable;
using System.CommandLine;
using Microsoft.Data.Sqlite;
using Migrations.Cli.CommandLine;

namespace Migrations.Cli.Configuration;

/// <summary>Which migrations and which database are meant, by options and by migrations.json. Immutable.</summary>
internal sealed class Setup
{
    private readonly ParseResult parsed;
    private readonly CommonOptions common;
    private readonly ConfigurationFile? file;

    private Setup(ParseResult parsed, CommonOptions common, ConfigurationFile? file)
    {
        this.parsed = parsed;
        this.common = common;
        this.file = file;
        (Assemblies, Project) = Migrations();
    }

    /// <summary>Full paths; empty where there is a project.</summary>
    public ImmutableArray<string> Assemblies { get; }

    /// <summary>The full path of a project or its folder; null where there are assemblies.</summary>
    public string? Project { get; }

    public string? Configuration => parsed.GetValue(common.Configuration) ?? file?.Configuration;

    public ImmutableArray<string> Tags => parsed.GetValue(common.Tags) is { Length: > 0 } tags ? [.. tags] : file?.Tags ?? [];

    public string? BackupFolder => parsed.GetValue(common.BackupFolder) is { } folder ? Path.GetFullPath(folder) : file?.BackupFolder;

    public int? KeepBackups => parsed.GetValue(common.KeepBackups) ?? file?.KeepBackups;

    /// <summary>Reads options and the file.</summary>
    /// <exception cref="ToolException">They contradict each other, name no migrations, or the file can't be read.</exception>
    public static Setup Read(ParseResult parsed, CommonOptions common) => new(parsed, common, ConfigurationFile.Find(Directory.GetCurrentDirectory()));

    /// <summary>How the database is opened.</summary>
    /// <exception cref="ToolException">None is named, or it is named twice.</exception>
    public string ConnectionString() => (parsed.GetValue(common.Database), parsed.GetValue(common.Connection)) switch
    {
        ({ }, { }) => throw ToolException.Usage("--database and --connection both name a database: leave one."),
        ({ } database, null) => ForFile(Path.GetFullPath(database)),
        (null, { } connection) => connection,
        _ => OfFile() ?? throw ToolException.Usage($"No database is named: give --database FILE, or put \"database\" into {ConfigurationFile.Name}."),
    };

    private static string ForFile(string path) => new SqliteConnectionStringBuilder { DataSource = path }.ToString();

    private (ImmutableArray<string> Assemblies, string? Project) Migrations()
    {
        ImmutableArray<string> assemblies = [.. (parsed.GetValue(common.Assemblies) ?? []).Select(Path.GetFullPath)];
        string? project = parsed.GetValue(common.Project) is { } named ? Path.GetFullPath(named) : null;
        string place = "--assembly and --project";
        if (assemblies.IsEmpty && project is null && file is not null)
        {
            (assemblies, project) = (file.Assemblies, file.Project);
            place = $"\"assembly\" and \"project\" in \"{Path.Combine(file.Folder, ConfigurationFile.Name)}\"";
        }

        return (assemblies.IsEmpty, project) switch
        {
            (false, { }) => throw ToolException.Usage($"{place} both name the migrations: leave one."),
            (true, null) => throw ToolException.Usage(
                $"No migrations are named: give --assembly PATH.dll or --project PATH, or put \"assembly\" or \"project\" into {ConfigurationFile.Name}."),
            _ => (assemblies, project),
        };
    }

    private string? OfFile()
    {
        if (file is null)
        {
            return null;
        }

        return (file.Database, file.Connection) switch
        {
            ({ }, { }) => throw ToolException.Usage(
                $"\"database\" and \"connection\" in \"{Path.Combine(file.Folder, ConfigurationFile.Name)}\" both name a database: leave one."),
            ({ } database, null) => ForFile(database),
            (null, { } connection) => Rooted(connection, file.Folder),
            _ => null,
        };
    }

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
