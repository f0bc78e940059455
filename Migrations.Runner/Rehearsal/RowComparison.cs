using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Migrations.Core.Syntax;
using Migrations.Runner.Connections;
using Migrations.Runner.Files;
using Migrations.Runner.Upgrade;

namespace Migrations.Runner.Rehearsal;

/// <summary>
/// Compares the rows of two databases, value by value: types as they are stored, text byte by byte, numbers exactly. SQLite does it, with
/// both attached to one connection, so memory does not grow with the rows.
/// </summary>
internal sealed class RowComparison
{
    // SQLite's own limits are 2000 columns of a result and 1000 levels of an expression (limits.html).
    private const int ColumnsAtOnce = 400;
    private const int MostShown = 40;

    private readonly SqliteConnection connection;
    private readonly string moment;
    private readonly ImmutableArray<string>.Builder differences = ImmutableArray.CreateBuilder<string>();

    private RowComparison(SqliteConnection connection, string moment)
    {
        this.connection = connection;
        this.moment = moment;
    }

    /// <summary>Compares the ordinary tables that are in both; what is in one only is a difference of schemas, except for its rows.</summary>
    /// <param name="expected">The database as it should be, which nobody else has open.</param>
    /// <param name="actual">The database that is looked at, which nobody else has open.</param>
    /// <param name="isLeftOut">Tables that don't count.</param>
    /// <param name="moment">When it is, in words, for the differences: "after Down".</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The differences in words.</returns>
    public static ImmutableArray<string> Compare(
        DatabaseFile expected, DatabaseFile actual, Func<SqlIdentifier, bool> isLeftOut, string moment, CancellationToken cancellationToken)
    {
        using SqliteConnection both = actual.Open(SqliteOpenMode.ReadWrite);
        using StatementInterrupt interrupt = new(both, cancellationToken);
        try
        {
            both.Execute($"ATTACH {SqlText.Literal(expected.Path)} AS {ComparedTable.ExpectedDatabase}");
            both.Execute("PRAGMA query_only = ON");
            RowComparison comparison = new(both, moment);
            comparison.CompareAll(isLeftOut);
            cancellationToken.ThrowIfCancellationRequested();
            return comparison.differences.ToImmutable();
        }
        catch (SqliteException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw FileDiagnosis.Explain(actual, e);
        }
    }

    private void CompareAll(Func<SqlIdentifier, bool> isLeftOut)
    {
        ImmutableArray<SqlIdentifier> actual = Tables("main", isLeftOut);
        foreach (SqlIdentifier name in Tables(ComparedTable.ExpectedDatabase, isLeftOut))
        {
            if (!actual.Contains(name))
            {
                if (Count($"{ComparedTable.ExpectedDatabase}.{name.Quoted}") is > 0 and { } rows)
                {
                    Add($"table {name}: it is gone with {Rows(rows)} {moment}");
                }
            }
            else if (ComparedTable.Read(connection, name) is { } table)
            {
                Compare(table);
            }
        }

        CompareSequences(isLeftOut);
    }

    private ImmutableArray<SqlIdentifier> Tables(string database, Func<SqlIdentifier, bool> isLeftOut) =>
    [
        .. connection.ReadRows("SELECT name FROM pragma_table_list WHERE schema = ?1 AND type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY name COLLATE NOCASE", database)
            .Select(row => new SqlIdentifier((string)row[0]!)) // A table has a name.
            .Where(name => !isLeftOut(name)),
    ];

    private void Compare(ComparedTable table)
    {
        if (!table.Key.IsEmpty && (table.IsKeyNeverNull || !HasNull(table)))
        {
            Compare(table, table.Key);
        }
        else
        {
            int before = differences.Count;
            Compare(table, table.RowId is { } rowId ? [rowId] : []);
            if (differences.Count > before && IsSameBag(table))
            {
                while (differences.Count > before)
                {
                    differences.RemoveAt(before);
                }
            }
        }
    }

    private bool HasNull(ComparedTable table)
    {
        string isNull = string.Join(" OR ", table.Key.Select(column => $"{column.Quoted} IS NULL"));
        return connection.ReadInteger(
            $"SELECT EXISTS (SELECT 1 FROM {table.Expected} WHERE {isNull}) OR EXISTS (SELECT 1 FROM {table.Actual} WHERE {isNull})") != 0;
    }

    // Without a key rows have no name: a rowid that is no column may change with every VACUUM (lang_vacuum.html). Where
    // it has, they are sorted and counted.
    private bool IsSameBag(ComparedTable table)
    {
        ImmutableArray<SqlIdentifier> columns = table.Columns;
        string values = string.Join(", ", columns.Select((column, i) => string.Create(CultureInfo.InvariantCulture, $"+{column.Quoted} AS v{i}, typeof({column.Quoted}) AS t{i}")));
        string groups = string.Join(", ", columns.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"v{i} COLLATE BINARY, t{i}")));
        return connection.ReadInteger(
            $"SELECT NOT EXISTS (SELECT 1 FROM (SELECT 1 AS n, {values} FROM {table.Expected} UNION ALL SELECT -1, {values} FROM {table.Actual}) GROUP BY {groups} HAVING sum(n) <> 0)") != 0;
    }

    private void Compare(ComparedTable table, ImmutableArray<SqlIdentifier> key)
    {
        long expected = Count(table.Expected);
        long actual = Count(table.Actual);
        if (expected == 0 && actual == 0)
        {
            return;
        }

        if (key.IsEmpty)
        {
            Add($"table {table.Name}: {Rows(expected)} {Were(expected)} there before, {Rows(actual)} {moment}, and they are not the same");
            return;
        }

        string join = $"FROM {table.Actual} AS a CROSS JOIN {table.Expected} AS e WHERE {string.Join(" AND ", key.Select(part => $"e.{part.Quoted} = a.{part.Quoted}"))}";
        long matched = 0;
        foreach (SqlIdentifier[] columns in table.Columns.Chunk(ColumnsAtOnce))
        {
            object?[] counts = connection.ReadRows($"SELECT count(*), {string.Join(", ", columns.Select(column => $"total({Differs(column)})"))} {join}")[0];
            matched = (long)counts[0]!; // A count is never NULL, nor is a total.
            for (int i = 0; i < columns.Length; i++)
            {
                long differing = (long)(double)counts[i + 1]!;
                if (differing > 0)
                {
                    AddColumn(table, key, columns[i], differing, matched, join);
                }
            }
        }

        AddCount(table, expected - matched, expected, "gone");
        AddCount(table, actual - matched, actual, "new");
    }

    private static string Differs(SqlIdentifier column) =>
        $"typeof(a.{column.Quoted}) <> typeof(e.{column.Quoted}) OR (+a.{column.Quoted}) COLLATE BINARY IS NOT (+e.{column.Quoted})";

    private void AddColumn(
        ComparedTable table, ImmutableArray<SqlIdentifier> key, SqlIdentifier column, long differing, long matched, string join)
    {
        object?[] sample = connection.ReadRows(
            $"SELECT {Shown("e", column)}, {Shown("a", column)}, {string.Join(", ", key.Select(part => Shown("a", part)))} {join} AND ({Differs(column)}) LIMIT 1")[0];
        string place = string.Join(", ", key.Select((part, i) => $"{part.Name} {sample[i + 2]}"));
        Add(string.Create(
            CultureInfo.InvariantCulture,
            $"column {table.Name}.{column}: {differing} of {matched} {(matched == 1 ? "value differs" : "values differ")} {moment}, such as {sample[1]} instead of {sample[0]} where {place}"));
    }

    private void AddCount(ComparedTable table, long count, long all, string words)
    {
        if (count > 0)
        {
            Add(string.Create(CultureInfo.InvariantCulture, $"table {table.Name}: {count} of {Rows(all)} {(count == 1 ? "is" : "are")} {words} {moment}"));
        }
    }

    // Long values are cut off, and blobs only counted: this is read by people.
    private static string Shown(string side, SqlIdentifier column)
    {
        string value = $"{side}.{column.Quoted}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"CASE typeof({value}) WHEN 'blob' THEN 'a blob of ' || length({value}) || ' bytes' WHEN 'text' THEN quote(substr({value}, 1, {MostShown})) || iif(length({value}) > {MostShown}, '...', '') ELSE quote({value}) END");
    }

    // Where AUTOINCREMENT goes on (autoinc.html): below it ids that were given away once could be given again.
    private void CompareSequences(Func<SqlIdentifier, bool> isLeftOut)
    {
        if (connection.ReadInteger($"SELECT count(*) FROM {ComparedTable.ExpectedDatabase}.sqlite_schema WHERE name = 'sqlite_sequence'") == 0)
        {
            return;
        }

        bool isThere = connection.ReadInteger("SELECT count(*) FROM main.sqlite_schema WHERE name = 'sqlite_sequence'") > 0;
        foreach (object?[] row in connection.ReadRows(
            $"SELECT e.name, e.seq, {(isThere ? "(SELECT a.seq FROM main.sqlite_sequence AS a WHERE a.name = e.name)" : "NULL")} AS found FROM {ComparedTable.ExpectedDatabase}.sqlite_sequence AS e "
            + $"WHERE e.name IN (SELECT name FROM main.sqlite_schema WHERE type = 'table') AND e.seq IS NOT found ORDER BY 1"))
        {
            SqlIdentifier name = new((string)row[0]!); // It is in the schema.
            if (!isLeftOut(name))
            {
                Add(string.Create(CultureInfo.InvariantCulture, $"table {name}: AUTOINCREMENT goes on after {row[2] ?? 0} {moment}, and did after {row[1] ?? 0}"));
            }
        }
    }

    private long Count(string table) => connection.ReadInteger($"SELECT count(*) FROM {table}");

    private void Add(string difference) => differences.Add(difference);

    private static string Rows(long count) => count == 1 ? "1 row" : string.Create(CultureInfo.InvariantCulture, $"{count} rows");

    private static string Were(long count) => count == 1 ? "was" : "were";
}
