using Migrations.Core;
using Migrations.Core.Changes;

namespace Migrations.Runner.Processing;

/// <summary>The changes of one table that are to be carried out together. Filled by one migration at a time.</summary>
internal sealed class PendingAlteration
{
    private readonly List<TableChange> changes = [];

    public TableName? Table { get; private set; }

    public IReadOnlyList<TableChange> Changes => changes;

    /// <summary>The mode that a batch asked for, null for the runner's own.</summary>
    public RebuildMode? Mode { get; set; }

    public bool IsInBatch { get; set; }

    /// <summary>Whether there is more than indexes to make and drop, which SQLite does at once and for itself.</summary>
    public bool AltersTable => changes.Exists(change => change is not (AddIndex or DropIndex));

    public void Add(TableName table, IEnumerable<TableChange> added)
    {
        Table = table;
        changes.AddRange(added);
    }

    /// <summary>Takes the changes out, so that none can run twice.</summary>
    public List<TableChange> TakeChanges()
    {
        List<TableChange> taken = [.. changes];
        changes.Clear();
        Table = null;
        return taken;
    }

    public void Discard()
    {
        changes.Clear();
        Table = null;
        Mode = null;
        IsInBatch = false;
    }
}
