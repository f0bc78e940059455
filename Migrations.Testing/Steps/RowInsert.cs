using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Migrations.Core.Authoring;
using Migrations.Core.Syntax;
using Migrations.Runner.Connections;
using SQLitePCL;

namespace Migrations.Testing.Steps;

/// <summary>Inserts objects into a table, all or none.</summary>
internal sealed class RowInsert
{
    private const string Savepoint = "\"rows of a test\"";

    private readonly SqliteConnection connection;
    private readonly string table;
    private readonly ImmutableArray<string> columns;
    private readonly bool hasRowId;
    private readonly RowCompletion? completion;

    /// <summary>Finds the table.</summary>
    /// <exception cref="ArgumentException">There is no such table.</exception>
    public RowInsert(SqliteConnection connection, string table, bool isPartial)
    {
        this.connection = connection;
        this.table = table;
        string quoted = SqlIdentifier.Quote(table);
        columns = [.. connection.ReadRows($"PRAGMA main.table_xinfo({quoted})").Select(row => (string)row[1]!)]; // Columns have names.
        if (columns.IsEmpty)
        {
            IEnumerable<string> tables = connection
                .ReadRows("SELECT name FROM main.sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name")
                .Select(row => (string)row[0]!); // As above.
            throw new ArgumentException($"There is no table {quoted} to insert into. The tables: {NameMatch.List(tables)}.");
        }

        hasRowId = connection.ReadInteger("SELECT type = 'table' AND wr = 0 FROM pragma_table_list WHERE schema = 'main' AND name = ?1 COLLATE NOCASE", table) != 0;
        completion = isPartial ? new(connection, table) : null;
    }

    /// <summary>Inserts rows.</summary>
    /// <returns>The rowid of the last one; 0 where it has none, or was ignored.</returns>
    public long Run(IEnumerable<object> rows)
    {
        connection.Execute($"SAVEPOINT {Savepoint}");
        try
        {
            long last = InsertAll(rows);
            connection.Execute($"RELEASE {Savepoint}"); // Foreign keys that are deferred may fail here.
            return last;
        }
        catch
        {
            TakeBack();
            throw;
        }
    }

    private long InsertAll(IEnumerable<object> rows)
    {
        int number = 0;
        long last = 0;
        SqliteCommand? command = null;
        ImmutableArray<string> names = [];
        try
        {
            foreach (object row in rows)
            {
                number++;
                IReadOnlyList<KeyValuePair<string, object?>> values = Values(row, number);
                if (command is null || !names.SequenceEqual(values.Select(value => value.Key), StringComparer.Ordinal))
                {
                    command?.Dispose();
                    names = [.. values.Select(value => value.Key)];
                    command = Prepare(names, number);
                }

                for (int i = 0; i < values.Count; i++)
                {
                    command.Parameters[i].Value = NamedValues.Stored(values[i].Value, $"Property \"{names[i]}\" of row {number}");
                }

                last = Insert(command, values, number);
            }
        }
        finally
        {
            command?.Dispose();
        }

        return last;
    }

    private long Insert(SqliteCommand command, IReadOnlyList<KeyValuePair<string, object?>> values, int number)
    {
        try
        {
            int changed = command.ExecuteNonQuery();
            return hasRowId && changed > 0 ? raw.sqlite3_last_insert_rowid(connection.Handle) : 0;
        }
        catch (SqliteException e)
        {
            IEnumerable<string> shown = values.Select((value, i) => $"{value.Key} = {SqlLiteral.Describe(command.Parameters[i].Value)}");
            throw QueryErrors.Of(e, $"Row {number} of the call: {string.Join(", ", shown)}. No row was inserted.{Environment.NewLine}{command.CommandText}");
        }
    }

    private IReadOnlyList<KeyValuePair<string, object?>> Values(object row, int number)
    {
        if (row is null)
        {
            throw new ArgumentException($"Row {number} is null.");
        }

        IReadOnlyList<KeyValuePair<string, object?>> values = NamedValues.Of(row);
        return values.Count > 0 || completion is not null
            ? values
            : throw new ArgumentException(
                $"Row {number} has no public properties, so there is nothing to insert into {SqlIdentifier.Quote(table)}, which has the columns "
                    + $"{NameMatch.List(columns)}. A row of defaults is Execute(\"INSERT INTO {table} DEFAULT VALUES\").");
    }

    private SqliteCommand Prepare(ImmutableArray<string> names, int number)
    {
        List<string> targets = [];
        SqliteCommand command = connection.CreateCommand();
        for (int i = 0; i < names.Length; i++)
        {
            string column = Column(names[i], number);
            if (targets.Contains(column, StringComparer.Ordinal))
            {
                throw new ArgumentException($"Row {number} has several properties for column {SqlIdentifier.Quote(column)} of {SqlIdentifier.Quote(table)}.");
            }

            targets.Add(column);
            command.Parameters.Add(new SqliteParameter($"?{i + 1}", null));
        }

        List<string> values = [.. Enumerable.Range(1, names.Length).Select(i => $"?{i}")];
        foreach ((string column, string sql) in completion?.Beside([.. targets], number) ?? [])
        {
            targets.Add(column);
            values.Add(sql);
        }

        command.CommandText = $"INSERT INTO main.{SqlIdentifier.Quote(table)} "
            + (targets.Count == 0 ? "DEFAULT VALUES" : $"({NameMatch.List(targets)}) VALUES ({string.Join(", ", values)})");
        return command;
    }

    private string Column(string property, int number)
    {
        if (NameMatch.IndexOf(columns, property) is >= 0 and int index)
        {
            return columns[index];
        }

        return hasRowId && ((SqlIdentifier)property == "rowid")
            ? property
            : throw new ArgumentException(
                $"{SqlIdentifier.Quote(table)} has no column for property \"{property}\" of row {number}. Its columns: {NameMatch.List(columns)}.");
    }

    // A constraint's ON CONFLICT ROLLBACK has ended the transaction and the savepoint in it.
    private void TakeBack()
    {
        if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
        {
            connection.Execute($"ROLLBACK TO {Savepoint}; RELEASE {Savepoint}");
        }
    }
}
