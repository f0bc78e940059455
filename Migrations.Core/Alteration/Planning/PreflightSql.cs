using System.Collections.Immutable;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Planning;

/// <summary>Questions about rows, in the form in which they are asked: keys as literals, then the value at fault.</summary>
internal static class PreflightSql
{
    /// <summary>One question about single rows: those for which a condition holds on the rows as they will be.</summary>
    public static Preflight Rows(
        RowSource source, SqlIdentifier? column, string condition, string problem, string wayOut, int? levels = null)
    {
        IEnumerable<string> shown = source.StagedKeys.Select(key => $"quote({SqlIdentifier.Quote(key)})");
        if (column is { } value)
        {
            shown = shown.Append($"quote({value.Quoted})");
        }

        return new Preflight(
            column,
            $"SELECT {string.Join(", ", shown)} FROM {source.Staged(levels)} WHERE {condition}",
            [.. source.Keys.Select(key => key.Quoted)],
            column is not null,
            problem,
            wayOut);
    }

    /// <summary>One question about values that occur more than once.</summary>
    public static Preflight Duplicates(
        RowSource source, ImmutableArray<string> terms, string? where, string problem, string wayOut, SqlIdentifier? column)
    {
        string all = string.Join(", ", terms);
        string notNull = string.Join(" AND ", terms.Select(term => $"({term}) IS NOT NULL"));
        return new Preflight(
            column,
            $"SELECT {string.Join(", ", terms.Select(term => $"quote({term})"))}, count(*) FROM {source.Staged()} "
            + $"WHERE {(where is null ? "" : $"({where}) AND ")}{notNull} GROUP BY {all} HAVING count(*) > 1",
            terms,
            ShowsValue: true,
            problem,
            wayOut)
        { IsOfGroups = true };
    }
}
