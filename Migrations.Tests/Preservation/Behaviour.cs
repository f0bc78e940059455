using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Migrations.Tests.Support;

namespace Migrations.Tests.Preservation;

/// <summary>How the preservation fixture behaves: what each of its probes gives. Taken by <see cref="Of"/>; immutable.</summary>
internal sealed class Behaviour
{
    private readonly ImmutableSortedDictionary<string, string> outcomes;

    private Behaviour(ImmutableSortedDictionary<string, string> outcomes) => this.outcomes = outcomes;

    /// <summary>Runs every probe with foreign keys enforced, without some: a COMMIT that must fail in a probe may succeed where a constraint is gone.</summary>
    public static Behaviour Of(SqliteConnection connection, params IReadOnlyCollection<string> except)
    {
        long enforced = connection.Scalar<long>("PRAGMA foreign_keys");
        connection.Execute("PRAGMA foreign_keys = ON");
        Behaviour behaviour = new(
            FixtureProbes.All.Concat(Structure(connection))
                .Where(probe => !except.Contains(probe.Name, StringComparer.Ordinal))
                .ToImmutableSortedDictionary(probe => probe.Name, probe => probe.Run(connection), StringComparer.Ordinal));
        connection.Execute($"PRAGMA foreign_keys = {enforced}");
        return behaviour;
    }

    /// <summary>The probes whose outcome is another, with both outcomes; <paramref name="except"/> are not compared.</summary>
    public IReadOnlyList<string> DifferencesFrom(Behaviour before, IReadOnlyCollection<string> except) =>
    [
        .. outcomes.Keys.Union(before.outcomes.Keys, StringComparer.Ordinal)
            .Where(name => !except.Contains(name, StringComparer.Ordinal))
            .Select(name => (Name: name, Was: before.outcomes.GetValueOrDefault(name), Is: outcomes.GetValueOrDefault(name)))
            .Where(probe => !string.Equals(probe.Was, probe.Is, StringComparison.Ordinal))
            .Select(probe => $"{probe.Name} was\n{probe.Was}\nis\n{probe.Is}"),
    ];

    private static IEnumerable<Probe> Structure(SqliteConnection connection) =>
        connection.Rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT GLOB 'sqlite_*'")
            .Select(row => (string)row[0]!)
            .Select(name => (Name: name, Literal: $"'{name.Replace("'", "''", StringComparison.Ordinal)}'"))
            .Select(table => new Probe(
                $"structure of {table.Name}",
                $"SELECT * FROM pragma_table_xinfo({table.Literal})",
                $"SELECT type, ncol, wr, strict FROM pragma_table_list({table.Literal}) WHERE schema = 'main'",
                $"SELECT * FROM pragma_foreign_key_list({table.Literal})",
                $"SELECT i.*, c.* FROM pragma_index_list({table.Literal}) AS i, pragma_index_xinfo(i.name) AS c ORDER BY i.seq, c.seqno"));
}
