using System.Collections.Immutable;
using Migrations.Core.Syntax;

namespace Migrations.Core.Schema.Script;

/// <summary>
/// The order in which tables and views can be created: by name, tables before views, but each view and each virtual table behind what
/// its text mentions. Ordinary tables wait for nothing, for a foreign key may refer to a table that is still to come.
/// </summary>
internal static class ScriptOrder
{
    /// <summary>Names without regard to case, and those that differ by nothing else by it.</summary>
    public static IComparer<string> Names { get; } = Comparer<string>.Create((left, right) =>
        string.Compare(left, right, StringComparison.OrdinalIgnoreCase) is var order and not 0 ? order : string.CompareOrdinal(left, right));

    public static ImmutableArray<SchemaRow> Of(IEnumerable<SchemaRow> relations)
    {
        List<SchemaRow> rest = [.. relations.OrderBy(row => row.Type, StringComparer.Ordinal).ThenBy(row => row.Name.Name, Names)];
        Dictionary<SqlIdentifier, HashSet<SqlIdentifier>> needs = rest.ToDictionary(row => row.Name, row => Needs(row, rest));
        ImmutableArray<SchemaRow>.Builder order = ImmutableArray.CreateBuilder<SchemaRow>(rest.Count);
        while (rest.Count > 0)
        {
            // Where they wait for each other none of them is of use: their order is as good as any.
            int next = Math.Max(0, rest.FindIndex(row => needs[row.Name].Count == 0));
            SchemaRow row = rest[next];
            rest.RemoveAt(next);
            order.Add(row);
            foreach (HashSet<SqlIdentifier> waiting in needs.Values)
            {
                waiting.Remove(row.Name);
            }
        }

        return order.MoveToImmutable();
    }

    private static HashSet<SqlIdentifier> Needs(SchemaRow row, List<SchemaRow> all)
    {
        string sql = row.Sql ?? "";
        if (row.Type is "table" && !IsVirtual(sql))
        {
            return [];
        }

        // A module takes the name of a table in any kind of quotes, and in none.
        HashSet<SqlIdentifier> mentioned =
        [
            .. SqlLexer.Tokenize(sql)
                .Where(token => token.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName or SqlTokenKind.String)
                .Select(token => SqlTokens.Name(sql, token)),
        ];
        return [.. all.Select(other => other.Name).Where(name => name != row.Name && mentioned.Contains(name))];
    }

    private static bool IsVirtual(string sql) => SqlLexer.Tokenize(sql).Where(token => !token.IsTrivia).Skip(1).FirstOrDefault() is { Kind: SqlTokenKind.Word } second
        && SqlKeywords.Is(second.Span.In(sql), "VIRTUAL");
}
