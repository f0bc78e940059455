using System.Collections.Immutable;
using System.Text;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Editing;

/// <summary>
/// The text of a CREATE TABLE as a row of items, so that one can be added, dropped or moved with its comments while all
/// other text stays as it is. The parts, put together again without a change, are the text. Immutable.
/// </summary>
internal sealed class TableBody
{
    private readonly string head;
    private readonly ImmutableArray<TableBodyItem> items;
    private readonly string end;

    private TableBody(string head, ImmutableArray<TableBodyItem> items, string end) =>
        (this.head, this.items, this.end) = (head, items, end);

    public int ColumnCount => items.Count(item => item.IsColumn);

    public static TableBody Of(CreateTableSyntax table)
    {
        ImmutableArray<SourceSpan> cores =
            [.. table.Columns.Select(column => column.Span), .. table.Constraints.Select(constraint => constraint.Span)];
        ImmutableArray<TableBodyItem>.Builder read = ImmutableArray.CreateBuilder<TableBodyItem>(cores.Length);
        int position = table.Open.End;
        for (int i = 0; i < cores.Length; i++)
        {
            string lead = table.Text[position..cores[i].Start];
            int limit = i + 1 < cores.Length ? cores[i + 1].Start : table.Close.Start;
            int coreEnd = cores[i].End;
            int? comma = table.Tokens
                .Where(token => token.Kind == SqlTokenKind.Operator && token.Span.Start >= coreEnd && token.Span.Start < limit)
                .Select(token => (int?)token.Span.Start)
                .FirstOrDefault();
            int tailStart = comma + 1 ?? coreEnd;
            int tailEnd = EndOfLineComments(table, tailStart, limit);
            read.Add(new TableBodyItem(
                lead,
                cores[i].TextIn(table.Text),
                table.Text[coreEnd..(comma ?? coreEnd)],
                comma is not null,
                table.Text[tailStart..tailEnd],
                i < table.Columns.Length));
            position = tailEnd;
        }

        return new TableBody(table.Text[..table.Open.End], read.MoveToImmutable(), table.Text[position..]);
    }

    public TableBody Insert(int index, string core, bool isColumn)
    {
        // The new item is laid out as its neighbour is; comments of the neighbour are its own.
        TableBodyItem? neighbour = index > 0 ? items[index - 1] : items.FirstOrDefault();
        string lead = neighbour is null ? "" : LayoutOf(neighbour.Lead);
        if (lead.Length == 0 && index > 0)
        {
            lead = " ";
        }

        ImmutableArray<TableBodyItem> separated = index > 0 ? items.SetItem(index - 1, items[index - 1] with { HasComma = true }) : items;
        return With(separated.Insert(index, new TableBodyItem(lead, core, "", HasComma: true, "", isColumn)));
    }

    public TableBody Append(string core) => Insert(items.Length, core, isColumn: false);

    public TableBody RemoveAt(int index) => With(items.RemoveAt(index));

    public TableBody Move(int from, int to) => With(items.RemoveAt(from).Insert(to, items[from]));

    public override string ToString()
    {
        StringBuilder text = new(head);
        for (int i = 0; i < items.Length; i++)
        {
            TableBodyItem item = items[i];
            bool isLast = i == items.Length - 1;

            // SQLite lets commas between table constraints be left out; where they were, they stay out.
            bool comma = !isLast && (item.HasComma || item.IsColumn || items[i + 1].IsColumn);
            string beforeComma = item.HasComma && !comma ? item.BeforeComma.TrimEnd() : item.BeforeComma;
            text.Append(item.Lead).Append(item.Core).Append(beforeComma).Append(comma ? "," : "").Append(item.Tail);
            string next = isLast ? end : items[i + 1].Lead;
            if (SqlTokens.EndsInLineComment(item.Tail.Length > 0 || comma ? item.Tail : beforeComma) && !StartsOnNewLine(next))
            {
                text.Append('\n');
            }
            else if (!comma && !isLast && item.Tail.Length == 0 && next.Length == 0)
            {
                text.Append(' ');
            }
        }

        return text.Append(end).ToString();
    }

    /// <summary>The same text with other items. On one line the first item stands as the first one stood, and the others after a space.</summary>
    private TableBody With(ImmutableArray<TableBodyItem> changed)
    {
        string firstLead = items.IsEmpty ? "" : items[0].Lead;
        for (int i = 0; i < changed.Length; i++)
        {
            bool wasFirst = !items.IsEmpty && changed[i] == items[0];
            if (i == 0 && !wasFirst && IsOnOneLine(changed[i].Lead) && IsOnOneLine(firstLead))
            {
                changed = changed.SetItem(i, changed[i] with { Lead = firstLead });
            }
            else if (i > 0 && wasFirst && changed[i].Lead.Length == 0)
            {
                changed = changed.SetItem(i, changed[i] with { Lead = " " });
            }
        }

        return new TableBody(head, changed, end);
    }

    private static bool IsOnOneLine(string lead) => string.IsNullOrWhiteSpace(lead) && !lead.Contains('\n', StringComparison.Ordinal);

    /// <summary>The position after the comments that follow on the same line, or where it started if there are none.</summary>
    private static int EndOfLineComments(CreateTableSyntax table, int start, int limit)
    {
        int lineEnd = start;
        foreach (SqlToken token in table.Tokens.Where(token => token.Span.Start >= start && token.Span.Start < limit))
        {
            if (!token.IsTrivia || (token.Kind == SqlTokenKind.Whitespace && token.Span.In(table.Text).Contains('\n')))
            {
                break;
            }

            lineEnd = token.Kind == SqlTokenKind.Comment ? token.Span.End : lineEnd;
        }

        return lineEnd;
    }

    private static string LayoutOf(string lead)
    {
        int lineStart = lead.LastIndexOf('\n');
        string line = lineStart < 0 ? lead : lead[lineStart..];
        return string.IsNullOrWhiteSpace(line) ? line : "";
    }

    private static bool StartsOnNewLine(string text) => text.AsSpan().TrimStart(" \t").StartsWith("\n")
        || text.AsSpan().TrimStart(" \t").StartsWith("\r\n");
}
