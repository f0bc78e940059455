using System.Text;

namespace Migrations.Core.Authoring;

/// <summary>Counts rows that stand in the way and keeps the first of them.</summary>
internal sealed class RefusedRows
{
    private const int MaximumSamples = 10;

    private readonly List<RowSample> samples = [];
    private long count;

    public void Add(RowSample row)
    {
        count++;
        if (samples.Count < MaximumSamples)
        {
            samples.Add(row);
        }
    }

    /// <summary>Shows what was added, if anything was.</summary>
    /// <exception cref="RowsRefusedException">There was one.</exception>
    public void ThrowIfAny(string table, string? column, string reason, Exception? innerException = null)
    {
        if (count == 0)
        {
            return;
        }

        StringBuilder message = new($"Rows of table \"{table}\" stand in the way: {reason.TrimEnd('.')}. ");
        message.Append("Correct or remove ").Append(count == 1 ? "this row" : $"these {count} rows").Append(" and migrate again: ");
        message.AppendJoin("; ", samples);
        message.Append(count > samples.Count ? "; and more." : ".");
        throw new RowsRefusedException(table, column, message.ToString(), count, [.. samples], innerException);
    }
}
