using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Migrations.Tests.Cli;

namespace Migrations.Tests.Repository;

/// <summary>
/// Runs the lines of a page that begin with "$ " in a folder, and tells what they write: the tool, and of the shell just what the pages need.
/// What differs from run to run is always the same here.
/// </summary>
internal sealed partial class PageShell(ToolFolder folder, string assembly)
{
    private const string Tool = "dotnet migrations ";

    // The tool's outcome has a word for each of these.
    private static readonly (string Word, string Shown)[] Constants =
    [
        ("TIME.v", "20260314T091502123Z.v"), ("TIME", "2026-03-14 09:15:02Z"), (" N s", " 0.1 s"), (" N bytes", " 20,480 bytes"), ("~/", "/srv/app/"),
        ("~", "/srv/app"),
    ];

    // Of a migration that the tool writes.
    private const string NewVersion = "20260314091502";

    private const int FirstDay = 14;

    private int exitCode;

    /// <summary>The output of a line without its "$ ".</summary>
    public string Run(string line)
    {
        string command = Comment().Replace(line, "").Trim();
        return command switch
        {
            "echo $?" => string.Create(CultureInfo.InvariantCulture, $"{exitCode}\n"),
            "ls" => Shown(string.Concat(Directory.GetFileSystemEntries(folder.Path(""))
                .Select(path => Path.GetFileName(path)).Where(IsShown).Order(StringComparer.Ordinal).Select(name => Time().Replace(name, "TIME") + "\n"))),
            _ when command.StartsWith("cat ", StringComparison.Ordinal) => Shown(File.ReadAllText(Found(command[4..])).ReplaceLineEndings("\n")),
            _ when command.StartsWith("mkdir ", StringComparison.Ordinal) => Create(command[6..]),
            _ when command.StartsWith("rm ", StringComparison.Ordinal) => Delete(command[3..]),
            _ when Query().Match(command) is { Success: true } query => Select(query.Groups["file"].Value, query.Groups["sql"].Value),
            _ when command.StartsWith(Tool, StringComparison.Ordinal) => Migrations(command[Tool.Length..]),
            _ => throw new InvalidOperationException($"No test can run \"{command}\"."),
        };
    }

    private static string Shown(string text)
    {
        string shown = Constants.Aggregate(
            Version().Replace(Mark().Replace(text, Marked), NewVersion), (shown, constant) => shown.Replace(constant.Word, constant.Shown, StringComparison.Ordinal));

        // Of several backups each was made a day before the one above it.
        int day = FirstDay;
        return string.Join('\n', shown.Split('\n').Select(line => line.StartsWith("  2026-03-14 ", StringComparison.Ordinal) ? Day(line, day--) : line));
    }

    // What a database has in the page's folder, or in a folder in there.
    private static string Marked(Match mark)
    {
        (string name, string folder) = (mark.Groups["name"].Value, mark.Groups["folder"].Value);
        string path = folder == "~" ? $"/srv/app/{name}" : $"/srv/app/{folder}/{name}";
        return $"{name}-{(folder == "~" ? "app" : folder)}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)), 0, 8)}";
    }

    private static string Day(string line, int day) => line
        .Replace("2026-03-14", string.Create(CultureInfo.InvariantCulture, $"2026-03-{day:00}"), StringComparison.Ordinal)
        .Replace("20260314T", string.Create(CultureInfo.InvariantCulture, $"202603{day:00}T"), StringComparison.Ordinal);

    private static string Shown(object value) => value switch
    {
        DBNull => "",
        double number => number.ToString(number == Math.Truncate(number) ? "0.0" : "R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private bool IsShown(string name) => name != Path.GetFileName(assembly);

    private string Found(string path) => Directory.GetFiles(
        folder.Path(Path.GetDirectoryName(path) ?? ""), Path.GetFileName(path).Replace(NewVersion, "??????????????", StringComparison.Ordinal)).Single();

    private string Create(string name)
    {
        Directory.CreateDirectory(folder.Path(name));
        return "";
    }

    private string Delete(string name)
    {
        File.Delete(folder.Path(name));
        return "";
    }

    private string Migrations(string command)
    {
        string[] arguments = [.. Argument().Matches(command).Select(match => Real(match.Value.Trim('"')))];
        bool namesMigrations = arguments[0] == "new" || arguments.Intersect(["--assembly", "--project", "--help"]).Any();
        bool redirects = arguments is [.., ">", _];
        string target = redirects ? arguments[^1] : "";
        arguments = redirects ? arguments[..^2] : arguments;
        ToolOutcome outcome = folder.Run([.. arguments, "--quiet", .. namesMigrations ? Array.Empty<string>() : ["--assembly", assembly]]);
        exitCode = outcome.ExitCode;
        if (redirects)
        {
            File.WriteAllText(folder.Path(target), outcome.Output);
        }

        return Shown((redirects ? "" : outcome.Output) + outcome.Error);
    }

    // The page's backup, by the name that it has here.
    private string Real(string argument) => Backup().Match(argument) is { Success: true } name
        ? Directory.GetFiles(folder.Path(Path.GetDirectoryName(argument) ?? ""), name.Groups["database"].Value + (name.Groups["mark"].Success ? "-*" : ".*") + name.Groups["version"].Value)
            .Order(StringComparer.Ordinal).Last()
        : argument;

    private string Select(string file, string sql)
    {
        using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = folder.Path(file), Pooling = false }.ToString());
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        StringBuilder rows = new();
        while (reader.Read())
        {
            rows.AppendJoin('|', Enumerable.Range(0, reader.FieldCount).Select(i => Shown(reader.GetValue(i)))).Append('\n');
        }

        return rows.ToString();
    }

    [GeneratedRegex(@"\s+# .*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^sqlite3 (?<file>\S+) ""(?<sql>[^""]*)""$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Query();

    [GeneratedRegex(@"""[^""]*""|\S+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Argument();

    [GeneratedRegex(@"^.*?(?<database>[^/]*?)(?<mark>-[\w-]+)?\.20260314T091502123Z(?<version>\.v\d+\.backup)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Backup();

    [GeneratedRegex(@"(?<name>[^/\s""]+)-(?<folder>~|\w+)-MARK", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Mark();

    [GeneratedRegex(@"(?<!\d)20\d{12}(?!\d)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Version();

    [GeneratedRegex(@"\d{8}T\d{9}Z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Time();
}
