using System.Collections.Immutable;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Testing.Generation;

/// <summary>Finds in the text of a trigger where it compares columns of other tables with those of the new row.</summary>
internal sealed class LookupReader
{
    private readonly string text;
    private readonly ImmutableArray<SqlToken> tokens;
    private readonly FilledTable table;

    private LookupReader(TriggerSchema trigger, FilledTable table)
    {
        text = trigger.Sql;
        tokens = [.. trigger.Syntax.Tokens.Where(token => !token.IsTrivia)];
        this.table = table;
    }

    public static IEnumerable<Lookup> Read(TriggerSchema trigger, FilledTable table)
    {
        LookupReader reader = new(trigger, table);
        for (int i = 0; i < reader.tokens.Length; i++)
        {
            if (reader.Is(i, "FROM"))
            {
                foreach (Lookup lookup in reader.ReadFrom(i))
                {
                    yield return lookup;
                }
            }
        }
    }

    /// <summary>The comparisons that belong to a FROM: to the end of its SELECT.</summary>
    private IEnumerable<Lookup> ReadFrom(int from)
    {
        Dictionary<SqlIdentifier, SqlIdentifier> sources = [];
        SqlIdentifier? first = null;
        List<(SqlIdentifier Source, SqlIdentifier Column, int Place)> found = [];
        int depth = 0;
        for (int i = from; i < tokens.Length && depth >= 0 && !Is(i, ";"); i++)
        {
            depth += Is(i, "(") ? 1 : Is(i, ")") ? -1 : 0;
            if ((Is(i, "FROM") || Is(i, "JOIN")) && depth == 0 && IsName(i + 1))
            {
                SqlIdentifier source = Name(i + 1);
                int alias = i + (Is(i + 2, "AS") ? 3 : 2);
                sources[source] = source;
                if (IsName(alias) && !Is(alias, "WHERE") && !Is(alias, "JOIN") && !Is(alias, "ON") && SqlKeywords.CanBeId(tokens[alias].Span.In(text)))
                {
                    sources[Name(alias)] = source;
                }

                first ??= source;
            }

            // NEW.x
            if (Is(i, "NEW") && Is(i + 1, ".") && IsName(i + 2) && table.PlaceOf(Name(i + 2)) is >= 0 and int place)
            {
                if (Compared(i - 1, i + 3) is var (qualifier, column)
                    && (qualifier is { } named ? sources.TryGetValue(named, out SqlIdentifier source) : (source = first.GetValueOrDefault()) == first))
                {
                    found.Add((source, column, place));
                }
            }
        }

        return found
            .GroupBy(item => item.Source)
            .Select(group => new Lookup(group.Key, [.. group.Select(item => item.Column)], [.. group.Select(item => item.Place)]));
    }

    /// <summary>The column that stands on the other side of an equals sign, before or after.</summary>
    private (SqlIdentifier? Qualifier, SqlIdentifier Column)? Compared(int before, int after)
    {
        if ((Is(before, "=") || Is(before, "==") || Is(before, "IS")) && IsName(before - 1))
        {
            return Is(before - 2, ".") && IsName(before - 3) ? (Name(before - 3), Name(before - 1)) : (default(SqlIdentifier?), Name(before - 1));
        }

        if ((Is(after, "=") || Is(after, "==") || Is(after, "IS")) && IsName(after + 1))
        {
            return Is(after + 2, ".") && IsName(after + 3) ? (Name(after + 1), Name(after + 3)) : (default(SqlIdentifier?), Name(after + 1));
        }

        return null;
    }

    private SqlIdentifier Name(int index) => SqlTokens.Name(text, tokens[index]);

    private bool IsName(int index) =>
        index >= 0 && index < tokens.Length && tokens[index].Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName;

    private bool Is(int index, string mark) =>
        index >= 0
        && index < tokens.Length
        && tokens[index].Kind is SqlTokenKind.Operator or SqlTokenKind.Word
        && SqlText.EqualsIgnoreAsciiCase(tokens[index].Span.In(text), mark);
}
