using Migrations.Runner;

namespace MailServer;

/// <summary>Notes which tables there are when each migration begins: then the one before is committed.</summary>
internal sealed class TableWatch(MailDatabase database) : IProgress<UpgradeProgress>
{
    private readonly List<IReadOnlyList<string>> tables = [];

    public void Report(UpgradeProgress value)
    {
        if (value.Number > tables.Count)
        {
            tables.Add(database.Tables());
        }
    }

    /// <summary>The tables before a migration, counted from 0 in the order in which they ran, and after it.</summary>
    public (IReadOnlyList<string> Before, IReadOnlyList<string> After) Around(int migration) =>
        (Before(migration), Before(migration + 1));

    private IReadOnlyList<string> Before(int migration) => migration < tables.Count ? tables[migration] : database.Tables();
}
