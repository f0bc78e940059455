using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Migrations.Runner.Connections;

/// <summary>
/// A connection that keeps out of the pool whatever its connection string says: settings made for a migration stay on a
/// connection and would reach the application through the pool.
/// </summary>
internal sealed class UnpooledConnection(Action<SqliteConnection>? opened) : SqliteConnection
{
    [AllowNull]
    public override string ConnectionString
    {
        get => base.ConnectionString;
        set => base.ConnectionString = value + ";Pooling=False"; // Of a word that is said twice the last one counts.
    }

    public override void Open()
    {
        bool isOpening = State == System.Data.ConnectionState.Closed;
        base.Open();
        if (isOpening)
        {
            opened?.Invoke(this);
        }
    }
}
