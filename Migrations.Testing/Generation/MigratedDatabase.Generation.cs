using System.Collections.Immutable;
using Migrations.Core.Syntax;
using Migrations.Runner.History;
using Migrations.Runner.Status;
using Migrations.Testing.Generation;

namespace Migrations.Testing;

public sealed partial class MigratedDatabase
{
    /// <summary>
    /// Adds rows to every table of the application that satisfy all constraints: NOT NULL, CHECK, UNIQUE, keys, unique indexes, foreign
    /// keys and triggers that raise errors. Rows that are there stay. Views, virtual tables and the tables in which the history of
    /// migrations is kept are left alone. Writes in one transaction, or within the connection's own; the application's triggers fire.
    /// </summary>
    /// <param name="rows">Which rows; null for the defaults.</param>
    /// <returns>The number of rows that were added, by table. Rows that triggers wrote do not count.</returns>
    /// <exception cref="RowsNotFoundException">No row was found that a table takes; nothing was added.</exception>
    /// <exception cref="ArgumentException"><paramref name="rows"/> names a table or column that the database does not have.</exception>
    /// <exception cref="ObjectDisposedException">The database is disposed of.</exception>
    public IReadOnlyDictionary<string, int> Fill(GeneratedRows? rows = null)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        GeneratedRows asked = rows ?? new GeneratedRows();
        RowGenerator.CheckNames(Connection, asked);
        return RowGenerator.Fill(Connection, asked, after: null, HistoryTables);
    }

    /// <summary>The tables that keep the history of migrations, by whatever names the application gives them.</summary>
    internal ImmutableHashSet<SqlIdentifier> HistoryTables => VersionHistory.TablesOf(ModuleOrder.Sort(migrations.MigratorOptions(ConnectionString)));
}
