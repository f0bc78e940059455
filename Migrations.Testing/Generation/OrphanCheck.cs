using System.Collections.Immutable;
using Migrations.Core.Syntax;
using SQLitePCL;

namespace Migrations.Testing.Generation;

/// <summary>Counts the rows that refer to nothing among those tables that the triggers of a table may write.</summary>
internal sealed class OrphanCheck : IDisposable
{
    private readonly ImmutableArray<Statement> counts;

    private OrphanCheck(ImmutableArray<Statement> counts) => this.counts = counts;

    /// <summary>A check for a table; null where its triggers write nothing that foreign keys hold.</summary>
    public static OrphanCheck? For(sqlite3 handle, FilledTable table, IReadOnlyCollection<FilledTable> tables)
    {
        HashSet<SqlIdentifier> written = [.. tables.Select(other => other.Name).Where(name => table.Triggers.Any(trigger => NameReferences.Mentions(trigger.Sql, name)))];
        ImmutableArray<Statement> questions =
        [
            .. from child in tables
               from key in child.Keys
               where table.Triggers.Length > 0 && (written.Contains(key.Child) || written.Contains(key.Parent))
               let count = Statement.TryPrepare(handle, $"SELECT count(*) FROM {Orphans(key, child)}")
               where count is not null
               select count,
        ];
        return questions.IsEmpty ? null : new(questions);
    }

    /// <summary>What follows FROM to find the rows of a child, "c", that refer to nothing.</summary>
    public static string Orphans(FilledKey key, FilledTable child)
    {
        string[] columns = ColumnsOf(key, child);
        return $"main.{key.Child.Quoted} AS c WHERE {string.Join(" AND ", columns.Select(column => column + " IS NOT NULL"))} "
            + $"AND NOT EXISTS (SELECT 1 FROM main.{key.Parent.Quoted} AS p WHERE {string.Join(" AND ", columns.Zip(key.ParentColumns, (column, parent) => $"p.{parent.Quoted} = {column}"))})";
    }

    /// <summary>The different values of a key of a child that refer to nothing.</summary>
    public static List<object?[]> Read(sqlite3 handle, FilledKey key, FilledTable child)
    {
        string[] columns = ColumnsOf(key, child);
        return Statement.Rows(handle, $"SELECT DISTINCT {string.Join(", ", columns)} FROM {Orphans(key, child)}", columns.Length);
    }

    /// <summary>How many there are now.</summary>
    public long Count()
    {
        long count = 0;
        foreach (Statement statement in counts)
        {
            count += statement.Step() == raw.SQLITE_ROW && statement.Column(0) is long found ? found : 0;
            statement.Reset();
        }

        return count;
    }

    public void Dispose()
    {
        foreach (Statement statement in counts)
        {
            statement.Dispose();
        }
    }

    private static string[] ColumnsOf(FilledKey key, FilledTable child) => [.. key.Columns.Select(place => $"c.{child.Columns[place].Name.Quoted}")];
}
