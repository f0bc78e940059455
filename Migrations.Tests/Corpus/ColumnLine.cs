using System.Text.RegularExpressions;

namespace Migrations.Tests.Corpus;

/// <summary>A column as <see cref="TableMeaning"/> prints it, in its parts.</summary>
internal sealed partial record ColumnLine(string Name, string Type, string NotNull, string Default, string Collation, string Key, string Hidden)
{
    public bool IsNotNull => NotNull is "1";

    /// <summary>table_xinfo tells 2 for VIRTUAL and 3 for STORED (pragma.html#pragma_table_xinfo).</summary>
    public bool IsGenerated => Hidden is "2" or "3";

    public static ColumnLine Of(string line)
    {
        Match match = Parts().Match(line);
        string Part(string name) => match.Groups[name].Value;
        return new ColumnLine(Part("name"), Part("type"), Part("notnull"), Part("default"), Part("collation"), Part("key"), Part("hidden"));
    }

    public override string ToString() => $"column {Name} type {Type}, not null {NotNull}, default {Default}, collation {Collation}, key {Key}, hidden {Hidden}";

    [GeneratedRegex("\\Acolumn (?<name>.*) type (?<type>.*), not null (?<notnull>[01]), default (?<default>.*), collation (?<collation>.*), key (?<key>.*), hidden (?<hidden>.*)\\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Parts();
}
