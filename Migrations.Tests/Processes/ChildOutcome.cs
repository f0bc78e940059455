using System.Collections.Immutable;
using System.Globalization;
using Migrations.Core;
using Migrations.Tests.Processes.Child;

namespace Migrations.Tests.Processes;

/// <summary>How a child ended and what it said. Immutable.</summary>
internal sealed class ChildOutcome(int exitCode, ImmutableArray<string> lines, string errorText)
{
    public int ExitCode => exitCode;

    /// <summary>The typed error; meaningful where the exit code says there is one.</summary>
    public ChildError Error => ChildError.Parse(errorText);

    /// <summary>The versions that the child applied, in order.</summary>
    public IEnumerable<long> Applied => After(ChildLine.Applied).Select(text => long.Parse(text, CultureInfo.InvariantCulture));

    /// <summary>The strategies by which the child altered tables.</summary>
    public IEnumerable<AlterationStrategy> Strategies => After(ChildLine.Strategy).Select(Enum.Parse<AlterationStrategy>);

    /// <summary>The backups that the child made.</summary>
    public IEnumerable<string> Backups => After(ChildLine.Backup);

    /// <summary>All that the child said, for messages of tests.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}\n{string.Join('\n', lines)}\n{errorText}");

    private IEnumerable<string> After(string word) => lines
        .Where(line => line.StartsWith(word, StringComparison.Ordinal))
        .Select(line => line[word.Length..]);
}
