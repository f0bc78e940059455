using Microsoft.Data.Sqlite;
using Migrations.Core.Alteration;

namespace Migrations.Core;

/// <summary>Table alterations for any connection to SQLite.</summary>
public static class SqliteConnectionExtensions
{
    /// <summary>
    /// Alters a table in one pass, whatever SQLite's own ALTER TABLE can do, and keeps all that was not asked to change: rows,
    /// rowids, indexes, triggers, views, constraints, comments. It takes SQLite's write lock. Outside a transaction it
    /// begins and commits its own; inside one it works in a savepoint. On any error the database is as it was before.
    /// </summary>
    /// <param name="connection">The open connection. It must not be used by another thread meanwhile.</param>
    /// <param name="table">The table.</param>
    /// <param name="alter">Says the changes. They are meant in their order, each on what the ones before it left.</param>
    /// <param name="options">The database and the strategies allowed; null for the defaults.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="AlterationRefusedException">The schema does not allow a change.</exception>
    /// <exception cref="RowsRefusedException">Rows do not allow a change.</exception>
    /// <exception cref="SchemaMismatchException">The table could not be read with certainty.</exception>
    /// <exception cref="AlterationFailedException">SQLite refused a statement.</exception>
    /// <exception cref="SqlSyntaxException">A type, expression or default is not SQL.</exception>
    /// <exception cref="UnsupportedSqliteVersionException">SQLite is too old.</exception>
    /// <exception cref="OperationCanceledException"><see cref="AlterationOptions.CancellationToken"/> was cancelled.</exception>
    public static AlterationResult AlterTable(
        this SqliteConnection connection, string table, Action<TableAlterationBuilder> alter, AlterationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentException.ThrowIfNullOrEmpty(table);
        ArgumentNullException.ThrowIfNull(alter);
        TableAlterationBuilder builder = new(table);
        alter(builder);
        return TableAlterer.Alter(connection, table, builder.Changes, options ?? new AlterationOptions());
    }
}
