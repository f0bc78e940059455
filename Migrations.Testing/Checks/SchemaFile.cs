using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Migrations.Testing.Checks;

/// <summary>
/// The committed file with the schema. The comments at its head name the migrations that led there, one a line ("-- 12 AddQuota"): the
/// record of what was there when it was last written. Immutable.
/// </summary>
internal sealed partial class SchemaFile
{
    private SchemaFile(string path, string text)
    {
        Path = path;
        Text = text;
        Lines = [.. text.TrimEnd('\n').Split('\n')];
    }

    public string Path { get; }

    /// <summary>The text with LF as line ends, whatever a checkout made of them.</summary>
    public string Text { get; }

    public ImmutableArray<string> Lines { get; }

    /// <summary>The numbers of the lines that a merge has left to be resolved.</summary>
    public ImmutableArray<int> MergeMarkers =>
        [.. Lines.Select((line, index) => (line, number: index + 1)).Where(each => MergeMarker().IsMatch(each.line)).Select(each => each.number)];

    /// <summary>The versions and names of the migrations, in the order of the file.</summary>
    public ImmutableArray<(long Version, string Name)> Record =>
    [
        .. Lines.TakeWhile(line => line.Length == 0 || line.StartsWith("--", StringComparison.Ordinal))
            .Select(line => RecordLine().Match(line))
            .Where(match => match.Success)
            .Select(match => (long.Parse(match.Groups["version"].ValueSpan, CultureInfo.InvariantCulture), match.Groups["name"].Value.Trim())),
    ];

    /// <summary>Reads the file, null where there is none.</summary>
    public static SchemaFile? Read(string path) => File.Exists(path) ? Of(path, File.ReadAllText(path)) : null;

    public static SchemaFile Of(string path, string text) => new(path, text.ReplaceLineEndings("\n"));

    /// <summary>Writes a text in place of the file, whole or not at all, with the line ends that the file has.</summary>
    public static void Write(string path, string text)
    {
        bool hasCarriageReturns = File.Exists(path) && File.ReadAllText(path).Contains("\r\n", StringComparison.Ordinal);
        string partial = path + ".partial";
        File.WriteAllText(partial, hasCarriageReturns ? text.ReplaceLineEndings("\r\n") : text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        File.Move(partial, path, overwrite: true);
    }

    [GeneratedRegex(@"^--\s(?<version>-?\d{1,18})(\s(?<name>.*))?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex RecordLine();

    [GeneratedRegex(@"^(<<<<<<<|>>>>>>>|\|\|\|\|\|\|\|)(\s|$)|^=======$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex MergeMarker();
}
