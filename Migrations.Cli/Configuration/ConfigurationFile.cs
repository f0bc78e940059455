using System.Collections.Immutable;
using System.Text.Json;
using Migrations.Cli.CommandLine;

namespace Migrations.Cli.Configuration;

/// <summary>What the file migrations.json says; its paths are full. Immutable.</summary>
internal sealed class ConfigurationFile
{
    public const string Name = "migrations.json";

    private static readonly string[] Keys =
        ["assembly", "project", "configuration", "database", "connection", "tags", "backupFolder", "keepBackups"];

    private readonly string path;
    private readonly JsonElement root;

    private ConfigurationFile(string path, JsonElement root)
    {
        this.path = path;
        this.root = root;
    }

    public ImmutableArray<string> Assemblies => [.. Texts("assembly").Select(Full)];

    public string? Project => Text("project") is { } project ? Full(project) : null;

    public string? Configuration => Text("configuration");

    public string? Database => Text("database") is { } database ? Full(database) : null;

    public string? Connection => Text("connection");

    public ImmutableArray<string> Tags => Texts("tags");

    public string? BackupFolder => Text("backupFolder") is { } folder ? Full(folder) : null;

    public int? KeepBackups => !root.TryGetProperty("keepBackups", out JsonElement value) ? null
        : value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out int count) ? count
        : throw Wrong("keepBackups", "a whole number");

    public string Folder => Path.GetDirectoryName(path) ?? "";

    /// <summary>The file in a folder or in the nearest one above it that has one; null where none has.</summary>
    /// <exception cref="ToolException">It can't be read, or has a key that is not known.</exception>
    public static ConfigurationFile? Find(string folder)
    {
        for (DirectoryInfo? directory = new(folder); directory is not null; directory = directory.Parent)
        {
            string found = Path.Combine(directory.FullName, Name);
            if (File.Exists(found))
            {
                return Read(found);
            }
        }

        return null;
    }

    private static ConfigurationFile Read(string file)
    {
        JsonElement content;
        try
        {
            using JsonDocument document = JsonDocument.Parse(
                File.ReadAllText(file), new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            content = document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw ToolException.Usage($"\"{file}\" is not JSON: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ToolException.Usage($"\"{file}\" can't be read: {e.Message}", e);
        }

        if (content.ValueKind is not JsonValueKind.Object)
        {
            throw ToolException.Usage($"\"{file}\" must hold one JSON object, such as {{ \"project\": \"src/App\", \"database\": \"app.db\" }}.");
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (JsonProperty property in content.EnumerateObject())
        {
            if (!Keys.Contains(property.Name, StringComparer.Ordinal))
            {
                throw ToolException.Usage($"\"{file}\" has the key \"{property.Name}\", which means nothing. The keys are: {string.Join(", ", Keys)}.");
            }

            if (!seen.Add(property.Name))
            {
                throw ToolException.Usage($"\"{file}\" has the key \"{property.Name}\" twice.");
            }
        }

        return new(file, content);
    }

    private string Full(string relative) => Path.GetFullPath(relative, Folder);

    private string? Text(string key) => !root.TryGetProperty(key, out JsonElement value) ? null
        : value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text
        : throw Wrong(key, "a text");

    private ImmutableArray<string> Texts(string key) => !root.TryGetProperty(key, out JsonElement value) ? []
        : value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 } text ? [text]
        : value.ValueKind is JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(each => each.ValueKind is JsonValueKind.String && each.GetString() is { Length: > 0 } one ? one : throw Wrong(key, "a text or several"))]
        : throw Wrong(key, "a text or several");

    private ToolException Wrong(string key, string wanted) => ToolException.Usage($"The key \"{key}\" in \"{path}\" must be {wanted}.");
}
