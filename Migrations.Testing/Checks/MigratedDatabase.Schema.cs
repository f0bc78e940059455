using Migrations.Core.Schema.Script;
using Migrations.Testing.Checks;

namespace Migrations.Testing;

public sealed partial class MigratedDatabase
{
    /// <summary>
    /// The schema as a script that makes it on an empty database, as in the file of <see cref="MigrationChecks.SchemaFileIsCurrent"/> but without
    /// the migrations at its head: for tests that compare schemas, in lines. Without the tables that keep the history of migrations.
    /// Read from the database by <see cref="Connection"/> each time.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The database has been disposed of.</exception>
    public string Schema
    {
        get
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            return SchemaScript.Write(Connection, CheckedHistory.OwnTables(migrations.Options).Contains);
        }
    }
}
