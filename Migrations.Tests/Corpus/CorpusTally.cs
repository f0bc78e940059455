using System.Globalization;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Migrations.Tests.Corpus;

/// <summary>What came of many changes: how many were made, how many were refused for which reason, and what is wrong.</summary>
internal sealed partial class CorpusTally
{
    private readonly List<string> problems = [];
    private readonly Dictionary<string, int> refusals = new(StringComparer.Ordinal);
    private int done;

    public void Done() => done++;

    /// <summary>Counts a refusal by the words of its message, names left out.</summary>
    public void Refused(Outcome outcome)
    {
        string message = outcome.Error?.Message ?? "";
        string words = Quoted().Replace(message, "\"…\"");
        int start = words.IndexOf("refused: ", StringComparison.Ordinal);
        words = start < 0 ? words : words[(start + 9)..];
        string reason = $"{outcome.Error?.GetType().Name}: {words[..Math.Min(words.Length, 70)]}";
        refusals[reason] = refusals.GetValueOrDefault(reason) + 1;
    }

    public void Require(string what, bool holds, string problem)
    {
        if (!holds)
        {
            problems.Add($"{what}: {problem}");
        }
    }

    public void RequireNone(string what, IEnumerable<string> differences) => problems.AddRange(differences.Select(difference => $"{what}: {difference}"));

    /// <summary>Fails the test where anything is wrong; writes the counts to its output.</summary>
    public void Assert()
    {
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done} made, {refusals.Values.Sum()} refused"));
        foreach ((string reason, int count) in refusals.OrderByDescending(pair => pair.Value))
        {
            TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {count} {reason}"));
        }

        NUnit.Framework.Assert.That(problems, Is.Empty, () => string.Create(CultureInfo.InvariantCulture, $"{problems.Count} problems:\n{string.Join('\n', problems.Take(40))}"));
    }

    [GeneratedRegex("\"[^\"]*\"", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Quoted();
}
