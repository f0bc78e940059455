using System.Globalization;
using Migrations.Tests.Support;
using NUnit.Framework;

namespace Migrations.Tests.Cli;

/// <summary>docs/command-line.md says what the tool is.</summary>
internal sealed class JsonDocumentationTests
{
    private const string Begin = "<!-- fields -->\n";
    private const string End = "<!-- end of fields -->";

    private static string Page => Path.Combine(RepositoryFiles.Root.FullName, "docs", "command-line.md");

    /// <summary>The tables of fields are written by MIGRATIONS_APPROVE=1, from the comments of the records.</summary>
    [Test]
    public void Every_field_of_every_answer_is_documented_and_nothing_else()
    {
        string page = File.ReadAllText(Page).ReplaceLineEndings("\n");
        int begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = page.IndexOf(End, StringComparison.Ordinal);
        string fields = new JsonFields().Write();
        if (Environment.GetEnvironmentVariable("MIGRATIONS_APPROVE") is "1")
        {
            File.WriteAllText(Page, page[..begin] + fields + page[end..]);
        }
        else
        {
            Assert.That(page[begin..end], Is.EqualTo(fields), $"If it is meant to be so, write {Page} with MIGRATIONS_APPROVE=1.");
        }
    }

    [Test]
    public void Every_verb_is_in_the_table_and_every_answer_is_one_of_a_verb()
    {
        string[] rows = [.. File.ReadAllLines(Page).Where(line => line.StartsWith("| `", StringComparison.Ordinal))];
        string page = File.ReadAllText(Page);

        Assert.That(ToolAssembly.Verbs.Where(verb => !rows.Any(row => row.StartsWith($"| `{verb}", StringComparison.Ordinal))), Is.Empty);
        Assert.That(
            new JsonFields().Roots.Select(JsonFields.NameOf).Where(name => !page.Contains($"[{name}](#{name.ToLowerInvariant()})", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Every_common_option_every_key_and_every_exit_code_is_documented()
    {
        string page = File.ReadAllText(Page);
        string[] keys = (string[])ToolAssembly.Call("Configuration.ConfigurationFile", "Keys")!; // It has a value.
        string[] codes = [.. Enum.GetValuesAsUnderlyingType(ToolAssembly.Type("CommandLine.ExitCode")).Cast<int>().Select(code => code.ToString(CultureInfo.InvariantCulture))];

        Assert.That(ToolAssembly.CommonOptions.Where(option => !page.Contains($"`{option}", StringComparison.Ordinal)), Is.Empty);
        Assert.That(keys.Where(key => !page.Contains($"| `{key}` |", StringComparison.Ordinal)), Is.Empty);
        Assert.That(codes.Where(code => !page.Contains($"| {code} |", StringComparison.Ordinal)), Is.Empty);
    }
}
