using Migrations.Runner.Locking;

namespace Migrations.Runner.Files;

/// <summary>Says which file a data source means, by the rules of Microsoft.Data.Sqlite and of SQLite's own URIs (uri.html).</summary>
internal static class DataSourcePath
{
    private const string DataDirectory = "|DataDirectory|";

    public static bool IsUri(string source) => source.StartsWith("file:", StringComparison.OrdinalIgnoreCase);

    /// <summary>The full path of the file itself: SQLite follows links, and keeps its journals beside what they lead to.</summary>
    public static string Of(string source)
    {
        FileInfo file = new(IsUri(source) ? OfUri(source) : InDataDirectory(source));
        return file.LinkTarget is null ? file.FullName : RealPath.Of(file.FullName);
    }

    /// <summary>A URI without its own <c>mode</c>: SQLite refuses one that allows more than what a connection asks for (uri.html#urimode).</summary>
    public static string WithoutMode(string uri)
    {
        int question = uri.IndexOf('?', StringComparison.Ordinal);
        if (question < 0)
        {
            return uri;
        }

        int hash = uri.IndexOf('#', question);
        string parameters = hash < 0 ? uri[(question + 1)..] : uri[(question + 1)..hash];
        string rest = string.Join('&', parameters.Split('&').Where(parameter => !parameter.StartsWith("mode=", StringComparison.Ordinal)));
        return uri[..question] + (rest.Length == 0 ? "" : "?" + rest) + (hash < 0 ? "" : uri[hash..]);
    }

    private static string InDataDirectory(string source) => AppDomain.CurrentDomain.GetData("DataDirectory") is string { Length: > 0 } folder
        ? Path.Combine(folder, source.StartsWith(DataDirectory, StringComparison.OrdinalIgnoreCase) ? source[DataDirectory.Length..] : source)
        : source;

    private static string OfUri(string source)
    {
        string path = source["file:".Length..].Split('?', '#')[0];
        if (path.StartsWith("//", StringComparison.Ordinal))
        {
            // What follows is an authority, which must be empty or "localhost".
            int slash = path.IndexOf('/', 2);
            path = slash < 0 ? "" : path[slash..];
        }

        return Uri.UnescapeDataString(path);
    }
}
