using Microsoft.Data.Sqlite;
using Migrations.Core;
using Migrations.Core.Alteration.Planning;
using Migrations.Core.Syntax;
using Migrations.Runner.Connections;
using Migrations.Runner.Processing;
using SQLitePCL;

namespace Migrations.Runner.Lookup;

/// <summary>
/// Checks the columns that a statement names before SQLite gets it: in double quotes, a name that is no column may be a string to SQLite
/// (quirks.html, section 8), and the statement an index of a constant or a choice of all rows. Reads the one table only. What SQLite itself
/// refuses is left to it: a table or a database that is not there.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="database">The database that the statement names; null where it names none, and SQLite takes the first that has the table.</param>
/// <param name="table">The table or view.</param>
internal sealed class NamedColumns(SqliteConnection connection, SqlIdentifier? database, SqlIdentifier table)
{
    /// <summary>Refuses what is no column, as an index does: the number of a row is none.</summary>
    /// <exception cref="AlterationRefusedException">The table has no column of one of the names.</exception>
    public void RequireStored(IEnumerable<SqlIdentifier> names) => RefuseMissing(names, _ => false);

    /// <summary>Refuses what is no column, nor the number of a row (lang_createtable.html, section 5).</summary>
    /// <exception cref="AlterationRefusedException">The table has neither of one of the names.</exception>
    public void Require(IEnumerable<string> names)
    {
        List<SqlIdentifier> asked = [.. names.Where(name => name.Length > 0 && !FluentName.IsSql(name)).Select(FluentName.Parse).Distinct()];
        if (asked.Count > 0 && !Compiles(asked))
        {
            RefuseMissing(asked, name => Compiles([name]));
        }
    }

    private void RefuseMissing(IEnumerable<SqlIdentifier> names, Func<SqlIdentifier, bool> isThere)
    {
        HashSet<SqlIdentifier> columns = [.. ReadColumns().Select(row => new SqlIdentifier((string)row[0]!))];
        if (columns.Count == 0)
        {
            return;
        }

        foreach (SqlIdentifier name in names)
        {
            if (!columns.Contains(name) && !isThere(name))
            {
                throw Refusal.NoColumn(table, name);
            }
        }
    }

    private List<object?[]> ReadColumns() => database switch
    {
        null => connection.ReadRows("SELECT name FROM pragma_table_xinfo(?1)", table.Name),
        { } named when new SchemaLookup(connection).HasDatabase(named) =>
            connection.ReadRows("SELECT name FROM pragma_table_xinfo(?1, ?2)", table.Name, named.Name),
        _ => [],
    };

    // Costs a tenth of reading the columns, and each statement is asked for. Behind a dot, a name is never a string.
    private bool Compiles(IEnumerable<SqlIdentifier> names)
    {
        string source = database is { } named ? $"{named.Quoted}.{table.Quoted}" : table.Quoted;
        try
        {
            connection.Execute($"SELECT {string.Join(", ", names.Select(name => $"asked.{name.Quoted}"))} FROM {source} AS asked LIMIT 0");
            return true;
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_ERROR)
        {
            return false;
        }
    }
}
