using Microsoft.Data.Sqlite;
using Migrations.Core.Changes;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration;

/// <summary>Carries out the changes of one table: reads the schema, plans, executes, checks.</summary>
internal static class TableAlterer
{
    /// <summary>
    /// Alters a table. Outside a transaction it switches foreign keys off and begins and commits its own; inside one it
    /// works in a savepoint, and refuses what would make SQLite's enforced foreign keys act on rows.
    /// </summary>
    public static AlterationResult Alter(
        SqliteConnection connection, SqlIdentifier table, IReadOnlyList<TableChange> changes, AlterationOptions options) =>
        throw new NotSupportedException();
}
