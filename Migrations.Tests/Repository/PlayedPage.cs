using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.Data.Sqlite;
using Migrations.Tests.Cli;
using Migrations.Tests.Support;

namespace Migrations.Tests.Repository;

/// <summary>
/// A page as a reader follows it, from top to bottom, in a folder: its migrations are compiled as they stand, its command lines are run, its
/// examples get a database of the page's SQL each. Gives the page with what came out.
/// </summary>
internal sealed partial class PlayedPage : IDisposable
{
    private const string Assembly = "App.dll";

    private const string ExampleFile = "example.db";

    private readonly ToolFolder folder = new();
    private readonly PageShell shell;
    private readonly List<string> migrations = [];
    private readonly StringBuilder setup = new();

    public PlayedPage()
    {
        shell = new(folder, folder.Path(Assembly));
    }

    /// <summary>Whether a block of C# is compiled as it stands: the file of a migration or of a program, or statements of a migration, which are run.</summary>
    public static bool Runs(string block) => IsMigration(block) || IsProgram(block) || PageExample.Is(block);

    /// <summary>The parts of a page, with what came out instead of what the page shows.</summary>
    public IEnumerable<PagePart> Play(MarkdownPage page)
    {
        // What an example did is shown by the block right below it: what was said as text, and tables as SQL.
        string? shown = null;
        foreach (PagePart part in page.Parts())
        {
            if (part.Language == "csharp" && PageExample.Is(part.Text))
            {
                (string code, string? refusal) = new PageExample(part.Text).Run(NewExample);
                shown = refusal ?? Altered();
                yield return part with { Text = code };
            }
            else if (part.Language is null && part.Text.Trim().Length == 0)
            {
                yield return part;
            }
            else
            {
                yield return part with { Text = part.Language is "text" or "sql" && shown is not null ? shown : Played(part) };
                shown = null;
            }
        }
    }

    public void Dispose() => folder.Dispose();

    private static bool IsMigration(string block) => block.Contains("[Migration(", StringComparison.Ordinal);

    private static bool IsProgram(string block) => block.StartsWith("using ", StringComparison.Ordinal) && !block.Contains("class ", StringComparison.Ordinal);

    private string Played(PagePart part)
    {
        switch (part.Language)
        {
            case "csharp" when IsMigration(part.Text):
                string name = Class().Match(part.Text).Value;
                migrations.RemoveAll(file => Class().Match(file).Value == name);
                migrations.Add(part.Text);
                File.WriteAllBytes(folder.Path(Assembly), ProjectCompiler.Compile(Path.GetFileNameWithoutExtension(Assembly), migrations));
                return part.Text;
            case "csharp" when IsProgram(part.Text):
                ProjectCompiler.Compile("Program", [.. migrations, part.Text], OutputKind.ConsoleApplication);
                return part.Text;
            case "json" when part.Text.Contains("\"database\"", StringComparison.Ordinal):
                File.WriteAllText(folder.Path("migrations.json"), part.Text);
                WriteProject(part.Text);
                return part.Text;
            case "sql":
                setup.Append(part.Text).Append('\n');
                return part.Text;
            case "console":
                return string.Concat(part.Text.Split('\n').Where(line => line.StartsWith("$ ", StringComparison.Ordinal)).Select(line => $"{line}\n{shell.Run(line[2..])}"))
                    .TrimEnd('\n');
            default:
                return part.Text;
        }
    }

    private void WriteProject(string settings)
    {
        using JsonDocument json = JsonDocument.Parse(settings);
        if (json.RootElement.TryGetProperty("project", out JsonElement project))
        {
            string path = Path.Combine(folder.Path(project.GetString()!), Path.GetFileName(project.GetString()) + ".csproj"); // A name.
            Directory.CreateDirectory(Path.GetDirectoryName(path)!); // It has one.
            File.WriteAllText(path, """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>""");
        }
    }

    private SqliteConnection NewExample()
    {
        File.Delete(folder.Path(ExampleFile));
        SqliteConnection connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = folder.Path(ExampleFile),
            Pooling = false,
            ForeignKeys = TestDatabase.EnforcesForeignKeys,
        }.ToString());
        connection.Open();
        connection.Execute(setup.ToString());
        return connection;
    }

    // The text of each table that the last example made or changed.
    private string Altered()
    {
        using SqliteConnection example = new(new SqliteConnectionStringBuilder { DataSource = folder.Path(ExampleFile), Pooling = false }.ToString());
        example.Open();
        using SqliteConnection fresh = new("Data Source=:memory:");
        fresh.Open();
        fresh.Execute(setup.ToString());
        return string.Join("\n\n", Tables(example).Except(Tables(fresh), StringComparer.Ordinal).Select(sql => sql + ";"));
    }

    private static List<string> Tables(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND tbl_name <> 'VersionInfo' ORDER BY rowid";
        using SqliteDataReader reader = command.ExecuteReader();
        List<string> tables = [];
        while (reader.Read())
        {
            tables.Add(reader.GetString(0));
        }

        return tables;
    }

    [GeneratedRegex(@"(?<=\bclass )\w+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Class();
}
