using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Migrations.Core.Alteration.Execution;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;
using Migrations.Runner.History;
using SQLitePCL;

namespace Migrations.Testing.Generation;

/// <summary>
/// Fills the tables of a database with rows that satisfy all of its constraints. SQLite is the judge: a row is right when its INSERT
/// succeeds, and the whole is right when foreign_key_check finds nothing new at the end.
/// </summary>
internal sealed class RowGenerator : IDisposable
{
    private static readonly SqlIdentifier VersionTable = "VersionInfo";

    private readonly sqlite3 handle;
    private readonly GeneratedRows asked;
    private readonly Dictionary<SqlIdentifier, TableFilling> fillings = [];
    private readonly HashSet<SqlIdentifier> filled = [];

    private RowGenerator(sqlite3 handle, GeneratedRows asked)
    {
        this.handle = handle;
        this.asked = asked;
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
    public static IReadOnlyDictionary<string, int> Fill(SqliteConnection connection, GeneratedRows rows, MigratedDatabase? after)
    {
        sqlite3 database = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        DatabaseSchema schema = SchemaReader.Read(connection, "main");
        DatabaseSchema? next = after is null ? null : SchemaReader.Read(after.Connection, "main");
        if (schema.Unread.FirstOrDefault(unread => unread.Type is "table") is { } unread)
        {
            throw unread.ToException();
        }

        ImmutableArray<FilledTable> tables =
        [
            .. schema.Tables
                .Where(table => table.Kind == TableKind.Ordinary && !IsHistory(table.Name) && !rows.IsLeftEmpty(table.Name))
                .Select(table => new FilledTable(table, schema, AddedKeys.Of(table, schema, next))),
        ];
        using ForeignKeysOff foreignKeys = new(database);
        using GenerationTransaction transaction = new(database);
        using RowGenerator generator = new(database, rows);
        ForeignKeyViolations before = ForeignKeyViolations.Read(connection, ["main"]);
        generator.Fill(tables);
        if (ForeignKeyViolations.Read(connection, ["main"]).NewSince(before) is { } violations)
        {
            throw Violated(violations);
        }

        transaction.Commit();
        return generator.fillings.Values.ToImmutableSortedDictionary(
            filling => filling.Table.Name.Name, filling => filling.Added, StringComparer.OrdinalIgnoreCase);
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

    private static bool IsHistory(SqlIdentifier table) =>
        table == VersionTable
        || table == VersionHistory.Table
        || (table.Name.Length > VersionTable.Name.Length && (SqlIdentifier)table.Name[..(VersionTable.Name.Length + 1)] == VersionTable.Name + "_");

    private void Fill(ImmutableArray<FilledTable> tables)
    {
        ImmutableArray<FilledTable> ordered = FillOrder.Of(tables);
        foreach (FilledTable table in ordered)
        {
            FillingOf(table).Fill(key => Promised(key, tables));
            filled.Add(table.Name);
        }
    }

    private TableFilling FillingOf(FilledTable table)
    {
        if (!fillings.TryGetValue(table.Name, out TableFilling? filling))
        {
            fillings[table.Name] = filling = new TableFilling(handle, table, asked);
        }

        return filling;
    }

    /// <summary>Where a circle of keys is entered at a table whose rows can't do without parents, they refer to rows that will be there.</summary>
    private IEnumerable<object?[]> Promised(FilledKey key, ImmutableArray<FilledTable> tables) =>
        !key.IsNullable && !key.IsSelfReference && !filled.Contains(key.Parent) && tables.FirstOrDefault(table => table.Name == key.Parent) is { } parent
            ? FillingOf(parent).Promise(key.ParentColumns, Math.Max(1, asked.PerTable / 2))
            : [];

    private static RowsNotFoundException Violated(NewViolations violations)
    {
        string table = violations.Sample.IsEmpty ? "" : violations.Sample[0].Child.Name;
        return new(
            table,
            violations.ToString(),
            lastRow: null,
            $"The generated rows would violate foreign keys: {violations}. Rows that triggers write may be the reason. "
            + "Give values that fit, with GeneratedRows.With, or leave a table empty with Without; nothing was added.");
    }
}
