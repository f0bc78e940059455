using Microsoft.Data.Sqlite;
using Migrations.Core.Alteration.Planning;
using Migrations.Core.Changes;
using Migrations.Core.Schema;
using Migrations.Core.Syntax;

namespace Migrations.Core.Alteration.Execution;

/// <summary>
/// Finds the values for which SQLite has refused a unique index: its own message names none. Asked only then, since a question before would
/// cost every index that SQLite takes as much as the index itself.
/// </summary>
internal static class RefusedIndex
{
    /// <summary>Looks for the values in the rows as they are, and only reads. Returns where there are none to be found.</summary>
    /// <exception cref="RowsRefusedException">There are, with <paramref name="refusal"/> inside.</exception>
    public static void Explain(SqliteConnection connection, SqlIdentifier database, SqlIdentifier table, AddIndex index, SqliteException refusal)
    {
        AlterationSession session = new(connection, table, new AlterationOptions { Database = database.Name });
        try
        {
            DatabaseSchema schema = SchemaReader.Read(connection, database);
            if (schema.FindTable(table) is not { } found
                || new ChangeApplication(schema, found).TryApply(TableDraft.Of(schema, found), index) is not { } draft)
            {
                return;
            }

            using ConversionRun conversions = new(session, [], []);
            foreach (Preflight question in new KeyPreflights(schema, found, draft).OfNewIndexes())
            {
                PreflightRun.Run(session, question, conversions, refusal);
            }
        }
        catch (Exception second) when (second is SqliteException or (MigrationsException and not RowsRefusedException))
        {
            // What SQLite said of the index came first.
            refusal.Data[FirstError.CleanUpKey] = second.ToString();
        }
    }
}
