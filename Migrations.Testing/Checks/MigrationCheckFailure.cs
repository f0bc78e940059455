using System.Collections.Immutable;
using System.Globalization;
using Migrations.Core;

namespace Migrations.Testing;

/// <summary>One thing that a check of migrations found. Immutable.</summary>
public sealed class MigrationCheckFailure
{
    internal MigrationCheckFailure(
        long? version, string? migration, string problem, ImmutableArray<string> details = default, ImmutableArray<SchemaDifference> differences = default)
    {
        Version = version;
        Migration = migration;
        Problem = problem;
        Details = details.IsDefault ? [] : details;
        Differences = differences.IsDefault ? [] : differences;
    }

    /// <summary>The version of the migration, null where it is not about one.</summary>
    public long? Version { get; }

    /// <summary>The full name of the migration's class; null where it is not about one, or there is no such class.</summary>
    public string? Migration { get; }

    /// <summary>What is wrong, in a sentence.</summary>
    public string Problem { get; }

    /// <summary>What shows it, line by line: differences, rows, errors.</summary>
    public IReadOnlyList<string> Details { get; }

    /// <summary>The differences between two schemas, empty where it is not about schemas.</summary>
    public IReadOnlyList<SchemaDifference> Differences { get; }

    /// <summary>The migration, the problem, and the lines that show it.</summary>
    public override string ToString() => string.Join('\n', [Heading, .. Details.Select(line => line.Length == 0 ? "" : $"    {line}")]);

    private string Heading => (Version, Migration) switch
    {
        ({ } version, null) => string.Create(CultureInfo.InvariantCulture, $"Migration {version}: {Problem}"),
        ({ } version, { } migration) => string.Create(CultureInfo.InvariantCulture, $"Migration {version} ({migration}): {Problem}"),
        _ => Problem,
    };
}
