using Microsoft.Data.Sqlite;

namespace Migrations.Runner.Connections;

/// <summary>
/// A command that runs all of its statements, or fails. Microsoft.Data.Sqlite's own runs what comes after the first statement with a
/// result, a query or most pragmas, while it disposes the reader, and there it hides every error.
/// </summary>
internal sealed class CompleteCommand : SqliteCommand
{
    public override int ExecuteNonQuery()
    {
        using SqliteDataReader reader = ExecuteReader();
        do
        {
            while (reader.Read())
            {
            }
        }
        while (reader.NextResult());

        return reader.RecordsAffected;
    }
}
