using System.Collections.Immutable;
using System.Text.Json;
using Migrations.Cli.CommandLine;

namespace Migrations.Cli.Configuration;

/// <summary>What the file migrations.json says; its paths are full. Immutable.</summary>
internal sealed class ConfigurationFile
{
    public const string Name = "migrations.json";

    private static readonly string[] Keys =
        ["assembly", "project", "configuration", "modules", "setup", "database", "connection", "tags", "allow", "timeout", "backupFolder", "keepBackups"];

    private static readonly string[] ModuleKeys = ["assembly", "after"];

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

    /// <summary>In the order in which they are written.</summary>
    public ImmutableArray<ModuleSetting> Modules => !root.TryGetProperty("modules", out JsonElement value) ? []
        : value.ValueKind is JsonValueKind.Object ? [.. value.EnumerateObject().Select(Module)]
        : throw Wrong("modules", "an object, such as { \"jobs\": \"bin/Jobs.dll\" }");

    public string? SetupClass => Text("setup");

    public string? Database => Text("database") is { } database ? Full(database) : null;

    public string? Connection => Text("connection");

    public ImmutableArray<string> Tags => Texts("tags");

    public ImmutableArray<string> Allow => Texts("allow");

    public int? Timeout => Number("timeout");

    public string? BackupFolder => Text("backupFolder") is { } folder ? Full(folder) : null;

    public int? KeepBackups => Number("keepBackups");

    public string Folder => Path.GetDirectoryName(path) ?? "";

    public string FullName => path;

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

    // "jobs": "bin/Jobs.dll", or "jobs": { "assembly": "bin/Jobs.dll", "after": ["users"] }.
    private ModuleSetting Module(JsonProperty module)
    {
        JsonElement value = module.Value;
        if (value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 } assembly)
        {
            return new(module.Name, Full(assembly), []);
        }

        if (value.ValueKind is not JsonValueKind.Object
            || value.EnumerateObject().Any(property => !ModuleKeys.Contains(property.Name, StringComparer.Ordinal))
            || Text(value, "assembly") is not { } named)
        {
            throw Wrong(module.Name, "the path of an assembly, or an object of \"assembly\" and \"after\"");
        }

        return new(module.Name, Full(named), Texts(value, "after", minimum: 0));
    }

    private int? Number(string key) => !root.TryGetProperty(key, out JsonElement value) ? null
        : value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out int count) ? count
        : throw Wrong(key, "a whole number");

    private string? Text(string key) => Text(root, key);

    private string? Text(JsonElement of, string key) => !of.TryGetProperty(key, out JsonElement value) ? null
        : value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text
        : throw Wrong(key, "a text");

    private ImmutableArray<string> Texts(string key) => Texts(root, key, minimum: 1);

    private ImmutableArray<string> Texts(JsonElement of, string key, int minimum) => !of.TryGetProperty(key, out JsonElement value) ? []
        : value.ValueKind is JsonValueKind.String && value.GetString() is { } text && text.Length >= minimum ? [text]
        : value.ValueKind is JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(each => each.ValueKind is JsonValueKind.String && each.GetString() is { } one && one.Length >= minimum ? one : throw Wrong(key, "a text or several"))]
        : throw Wrong(key, "a text or several");

    private ToolException Wrong(string key, string wanted) => ToolException.Usage($"The key \"{key}\" in \"{path}\" must be {wanted}.");
}
