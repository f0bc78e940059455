using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Migrations.Tests.Cli;

/// <summary>What the comments of classes say, from the files that the compiler writes beside assemblies; in Markdown.</summary>
internal sealed partial class XmlComments(string folder)
{
    private readonly Dictionary<string, XElement> members = Directory.GetFiles(folder, "Migrations.*.xml")
        .SelectMany(file => XDocument.Load(file).Descendants("member"))
        .DistinctBy(member => member.Attribute("name")!.Value, StringComparer.Ordinal) // What the compiler makes of itself is in several assemblies.
        .ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal); // Each has one.

    public string Summary(string member) => Text(members.GetValueOrDefault(member)?.Element("summary"), member);

    /// <summary>What is said of a record's parameter, or of its property.</summary>
    public string Parameter(Type record, string name)
    {
        XElement? parameter = members.GetValueOrDefault($"T:{record.FullName}")?.Elements("param").FirstOrDefault(one => one.Attribute("name")?.Value == name);
        string property = $"P:{record.FullName}.{name}";
        return parameter is null ? Summary(property) : Text(parameter, property);
    }

    private static string Text(XElement? element, string member) => element is null
        ? throw new InvalidOperationException($"{member} has no comment, and so there is nothing to document it by.")
        : Space().Replace(string.Concat(element.Nodes().Select(Text)), " ").Trim();

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement element when element.Attribute("cref") is { } reference => $"`{reference.Value[(reference.Value.LastIndexOf('.') + 1)..]}`",
        XElement element => element.Value,
        _ => "",
    };

    [GeneratedRegex(@"\s+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Space();
}
