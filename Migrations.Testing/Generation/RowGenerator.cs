using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Migrations.Core.Alteration.Execution;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;
using SQLitePCL;

namespace Migrations.Testing.Generation;

/// <summary>
/// Fills the tables of a database with rows that satisfy all of its constraints. SQLite is the judge: a row is right when its INSERT
/// succeeds, and the whole is right when foreign_key_check finds nothing new at the end.
/// </summary>
internal sealed class RowGenerator : IDisposable
{
    private const int Rounds = 5;
    private const int MostEarly = 4;

    private static readonly SqlIdentifier[] Main = ["main"];

    private readonly sqlite3 handle;
    private readonly GeneratedRows asked;
    private readonly ImmutableArray<FilledTable> tables;
    private readonly bool checksEveryRow;
    private readonly Dictionary<SqlIdentifier, TableFilling> fillings = [];
    private readonly HashSet<SqlIdentifier> filled = [];

    private RowGenerator(sqlite3 handle, GeneratedRows asked, ImmutableArray<FilledTable> tables, bool checksEveryRow)
    {
        this.handle = handle;
        this.asked = asked;
        this.tables = tables;
        this.checksEveryRow = checksEveryRow;
    }

    /// <summary>Adds rows to every ordinary table of the application.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="after">
    /// The same database one step later, or null. Foreign keys that are added between tables and columns that are there before are satisfied too:
    /// no migration could invent parents.
    /// </param>
    /// <returns>The number of rows that were added, by table.</returns>
    /// <exception cref="RowsNotFoundException">No row was found that a table takes; nothing was added.</exception>
    public static IReadOnlyDictionary<string, int> Fill(SqliteConnection connection, GeneratedRows rows, MigratedDatabase? after) =>
        Fill(connection, rows, after, after?.HistoryTables ?? []);

    /// <inheritdoc cref="Fill(SqliteConnection, GeneratedRows, MigratedDatabase?)"/>
    /// <param name="connection">As there.</param>
    /// <param name="rows">As there.</param>
    /// <param name="after">As there.</param>
    /// <param name="history">The tables in which the history of migrations is kept, which are left alone.</param>
    public static IReadOnlyDictionary<string, int> Fill(
        SqliteConnection connection, GeneratedRows rows, MigratedDatabase? after, ImmutableHashSet<SqlIdentifier> history)
    {
        sqlite3 database = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        DatabaseSchema schema = SchemaReader.Read(connection, "main");
        DatabaseSchema? next = after is null ? null : SchemaReader.Read(after.Connection, "main");
        if (schema.Unread.FirstOrDefault(unread => unread.Type is "table") is { } unread)
        {
            throw unread.ToException();
        }

        ImmutableArray<FilledTable> filledTables = Tables(schema, next, rows, history);
        using ForeignKeysOff foreignKeys = new(database);
        using GenerationTransaction transaction = new(database);
        ForeignKeyViolations before = ForeignKeyViolations.Read(connection, Main);
        NewViolations? Violations() => ForeignKeyViolations.Read(connection, Main).NewSince(before);

        // What triggers write is looked at when all is there; where that does not hold together, after every single row.
        bool isStrict = false;
        HashSet<SqlIdentifier> early = [];
        ImmutableArray<FilledTable> order = FillOrder.Of(filledTables, early);
        while (true)
        {
            transaction.Begin();
            using RowGenerator generator = new(database, rows, order, isStrict);
            try
            {
                IReadOnlyDictionary<string, int> added = generator.Fill();
                if (Violations() is not null)
                {
                    generator.AddMissingParents();
                }

                if (Violations() is not { } violations)
                {
                    transaction.Commit();
                    return added;
                }

                if (isStrict)
                {
                    throw RowErrors.Violated(violations);
                }

                isStrict = true;
            }
            catch (RowsNotFoundException error) when (transaction.IsOpen && early.Count < MostEarly && early.Add(error.Table))
            {
                // Rows of other tables may be in the way of this one's: it goes before them, if it can.
                ImmutableArray<FilledTable> other = FillOrder.Of(filledTables, early);
                if (other.SequenceEqual(order))
                {
                    throw;
                }

                order = other;
            }
        }
    }

    /// <summary>Refuses names that the database does not have.</summary>
    /// <exception cref="ArgumentException">There is such a name.</exception>
    public static void CheckNames(SqliteConnection connection, GeneratedRows rows)
    {
        DatabaseSchema schema = SchemaReader.Read(connection, "main");
        foreach (SqlIdentifier table in rows.EmptyTables.Concat(rows.GivenColumns.Select(given => given.Table)))
        {
            if (schema.FindTable(table) is null)
            {
                throw new ArgumentException($"The database has no table {table}.", nameof(rows));
            }
        }

        foreach ((SqlIdentifier table, SqlIdentifier column) in rows.GivenColumns)
        {
            if (schema.FindTable(table)?.FindColumn(column) is not { IsGenerated: false })
            {
                throw new ArgumentException($"The table {table} has no column {column} that takes values.", nameof(rows));
            }
        }
    }

    public void Dispose()
    {
        foreach (TableFilling filling in fillings.Values)
        {
            filling.Dispose();
        }
    }

    private static ImmutableArray<FilledTable> Tables(DatabaseSchema schema, DatabaseSchema? next, GeneratedRows rows, ImmutableHashSet<SqlIdentifier> history)
    {
        ViewSources views = new(schema);
        return
        [
            .. schema.Tables
                .Where(table => table.Kind == TableKind.Ordinary && !history.Contains(table.Name) && !rows.IsLeftEmpty(table.Name))
                .Select(table => new FilledTable(table, schema, views, AddedKeys.Of(table, schema, next))),
        ];
    }

    private ImmutableSortedDictionary<string, int> Fill()
    {
        foreach (FilledTable table in tables)
        {
            FillingOf(table).Fill(Promised);
            filled.Add(table.Name);
        }

        // Where keys go in a circle, rows that could wait for their parents get them now.
        for (int i = 0; i < tables.Length; i++)
        {
            foreach (FilledKey key in tables[i].Keys.Where(key => key.IsNullable && !key.IsSelfReference && tables.Skip(i + 1).Any(later => later.Name == key.Parent)))
            {
                FillingOf(tables[i]).Refer(key);
            }
        }

        return fillings.Values.ToImmutableSortedDictionary(filling => filling.Table.Name.Name, filling => filling.Added, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Rows that triggers write may refer to rows that an application makes sure are there.</summary>
    private void AddMissingParents()
    {
        bool isAdded = true;
        for (int round = 0; round < Rounds && isAdded; round++)
        {
            isAdded = false;
            foreach (FilledKey key in tables.SelectMany(table => table.Keys))
            {
                if (fillings.TryGetValue(key.Parent, out TableFilling? parent))
                {
                    foreach (object?[] orphan in OrphanCheck.Read(handle, key, tables.First(table => table.Name == key.Child)))
                    {
                        isAdded |= parent.TryAdd(key.ParentColumns, orphan);
                    }
                }
            }
        }
    }

    private TableFilling FillingOf(FilledTable table)
    {
        if (!fillings.TryGetValue(table.Name, out TableFilling? filling))
        {
            fillings[table.Name] = filling = new TableFilling(handle, table, asked, checksEveryRow ? OrphanCheck.For(handle, table, tables) : null);
        }

        return filling;
    }

    /// <summary>Where a circle of keys is entered at a table whose rows can't do without parents, they refer to rows that will be there.</summary>
    private IEnumerable<object?[]> Promised(FilledKey key) =>
        !key.IsNullable && !key.IsSelfReference && !filled.Contains(key.Parent) && tables.FirstOrDefault(table => table.Name == key.Parent) is { } parent
            ? FillingOf(parent).Promise(key.ParentColumns, Math.Max(1, asked.PerTable / 2))
            : [];
}
